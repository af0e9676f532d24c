/* instrument.c - the report of an instrument: its head, its end, and what lies between
 *
 * The sections are made first, because "In brief" tells what they found; then the nodes
 * are put in the order of docs/REPORT-DESIGN.md, section 2.
 */
#include <attune/report/report.h>

#include <math.h>
#include <string.h>

#include "parts.h"
#include "thresholds.h"

#define MOST_FACTS 16

/* A short list of label and value pairs. */
typedef struct fact_list {
    att_fact list[MOST_FACTS];
    size_t n;
} fact_list;

static void add_fact(fact_list *facts, const char *label, const char *value)
{
    if (value != NULL && value[0] != '\0' && facts->n < MOST_FACTS) {
        facts->list[facts->n++] = (att_fact){ label, value };
    }
}

static const char *wording(const att_parts *parts, const att_wording *text)
{
    return att_wording_in(parts->instrument, text, parts->instrument->language);
}

/* ---- head ---- */

static void add_status(att_parts *parts)
{
    switch (parts->instrument->provenance.maturity) {
    case ATT_MATURITY_DRAFT:
        att_doc_banner(parts->doc, true, "Draft measure. Not validated.",
                       "For learning, not for judging persons or sites.");
        break;
    case ATT_MATURITY_PILOTED:
        att_doc_banner(parts->doc, false, "Status: piloted.",
                       "Allowed: description, and comparison of groups with caution. "
                       "Not allowed: norms, or a verdict on one person\xe2\x80\x99s "
                       "change.");
        break;
    case ATT_MATURITY_STRUCTURE_TESTED:
        att_doc_banner(parts->doc, false, "Status: structure tested.",
                       "Allowed: description, and comparison of groups. Not allowed: "
                       "norms, or a verdict on one person\xe2\x80\x99s change.");
        break;
    case ATT_MATURITY_VALIDATED:
        att_doc_banner(parts->doc, false, "Status: validated.",
                       "For the use and the people that its evidence names, and for no "
                       "others.");
        break;
    case ATT_MATURITY_RETIRED:
        att_doc_banner(parts->doc, false, "Status: retired.",
                       "No longer asked. Read it for what it showed then.");
        break;
    }
    if (parts->input->is_simulated) {
        att_doc_banner(parts->doc, false, "Simulated data.",
                       "Some or all of these answers were invented by a program. They "
                       "tell nothing about people.");
    }
}

static const char *languages_text(att_parts *parts)
{
    const char *text = "";

    for (size_t i = 0; i < parts->instrument->n_languages; i++) {
        const att_language *one = &parts->instrument->languages[i];
        const char *name = att_language_name(one->tag);

        if (i != parts->instrument->language &&
            (one->reviewed[0] == '\0' || one->n_stale > 0)) {
            name =
                att_arena_format(parts->arena, "%s (translation not reviewed)", name);
        }
        text = i == 0 ? name : att_arena_format(parts->arena, "%s, %s", text, name);
    }
    return text;
}

static const char *scales_text(att_parts *parts)
{
    const char *text = "";

    for (size_t s = 0; s < parts->instrument->n_scales; s++) {
        const att_scale *scale = &parts->instrument->scales[s];

        text = att_arena_format(parts->arena, "%s%s%s (%s, %s)", text,
                                s == 0 ? "" : "; ", att_scale_words(parts, s),
                                att_say_items(parts->arena, scale->n_items),
                                att_model_name(scale->model));
    }
    return text;
}

static void add_card(att_parts *parts)
{
    const att_instrument *one = parts->instrument;
    fact_list facts = { .n = 0 };

    add_fact(&facts, "Measures", wording(parts, &one->purpose));
    add_fact(&facts, "For", wording(parts, &one->audience));
    add_fact(&facts, "Instrument",
             att_arena_format(parts->arena, "%s %s, %s", one->id, one->version,
                              att_maturity_name(one->provenance.maturity)));
    add_fact(&facts, "Asks about", wording(parts, &one->recall));
    add_fact(&facts, "Scales", scales_text(parts));
    add_fact(&facts, "Languages", languages_text(parts));
    add_fact(&facts, "Answers",
             att_arena_format(parts->arena, "%s, finished",
                              att_say_sessions(parts->arena, parts->n_finished)));
    add_fact(&facts, "Licence", one->provenance.licence);
    att_doc_facts(parts->doc, facts.list, facts.n);
}

/* ---- in brief ---- */

static const char *not_known =
    "Nothing is known here about content validity, the structure of the scales, "
    "differences of meaning between groups, stability over time, or sensitivity to "
    "change.";

static const char *brief_of_scales(att_parts *parts)
{
    size_t n = parts->n_sufficient + parts->n_borderline + parts->n_insufficient;
    const char *apart = parts->n_groups > 1 ? ", each language by itself" : "";

    if (n == 0) {
        return "No scale has an estimate of reliability.";
    }
    if (n == 1) {
        return att_arena_format(
            parts->arena, "Alpha of its one scale is %s: %s for comparing groups.",
            att_say_bounded(parts->arena, parts->least_alpha),
            parts->n_sufficient == 1   ? "sufficient"
            : parts->n_borderline == 1 ? "borderline"
                                       : "insufficient");
    }
    if (parts->n_sufficient == n || parts->n_insufficient == n) {
        return att_arena_format(
            parts->arena,
            "Alpha runs from %s to %s%s: all %zu estimates are %s for "
            "comparing groups.",
            att_say_bounded(parts->arena, parts->least_alpha),
            att_say_bounded(parts->arena, parts->most_alpha), apart, n,
            parts->n_sufficient == n ? "sufficient" : "insufficient");
    }
    return att_arena_format(
        parts->arena,
        "Alpha runs from %s to %s%s; for comparing groups %zu of %zu estimates %s "
        "sufficient, %zu borderline, %zu insufficient.",
        att_say_bounded(parts->arena, parts->least_alpha),
        att_say_bounded(parts->arena, parts->most_alpha), apart, parts->n_sufficient, n,
        parts->n_sufficient == 1 ? "is" : "are", parts->n_borderline,
        parts->n_insufficient);
}

static const char *brief_of_use(const att_parts *parts)
{
    return parts->instrument->provenance.maturity == ATT_MATURITY_DRAFT
               ? "As a draft it describes these answers. It gives no norms, compares no "
                 "sites and judges no person. "
               : "";
}

static void add_verdicts(att_parts *parts)
{
    size_t n = parts->n_sufficient + parts->n_borderline + parts->n_insufficient;
    const char *not_assessed = "Not assessed";
    att_verdict verdicts[] = {
        { "Content validity", not_assessed, "No ratings by experts or by those asked.",
          ATT_SIGN_UNKNOWN },
        { "Structural validity", not_assessed, "No factor analysis in this report.",
          ATT_SIGN_UNKNOWN },
        { "Internal consistency", not_assessed, "No scale has an estimate.",
          ATT_SIGN_UNKNOWN },
        { "Same meaning in groups", not_assessed, "No test of invariance.",
          ATT_SIGN_UNKNOWN },
        { "Reliability over time", not_assessed, "No second time of asking.",
          ATT_SIGN_UNKNOWN },
        { "Measurement error", not_assessed, "Needs a second time of asking.",
          ATT_SIGN_UNKNOWN },
        { "Hypotheses", not_assessed, "None was filed before the data.",
          ATT_SIGN_UNKNOWN },
        { "Responsiveness", not_assessed, "No change data and no anchor.",
          ATT_SIGN_UNKNOWN },
    };
    att_verdict *alpha = &verdicts[2];

    if (n > 0) {
        alpha->sign = parts->n_insufficient > 0 ? ATT_SIGN_MINUS
                      : parts->n_borderline > 0 ? ATT_SIGN_UNKNOWN
                                                : ATT_SIGN_PLUS;
        alpha->verdict = parts->n_insufficient > 0 ? "Insufficient in part"
                         : parts->n_borderline > 0 ? "Borderline in part"
                                                   : "Sufficient";
        if (parts->n_insufficient == n) {
            alpha->verdict = "Insufficient";
        }
        alpha->reason = att_arena_format(
            parts->arena,
            "Lowest \xce\xb1 %s, against .70. Counts only for a scale with "
            "one factor.",
            att_say_bounded(parts->arena, parts->least_alpha));
    }
    att_doc_verdicts(parts->doc, verdicts, sizeof verdicts / sizeof *verdicts);
    att_doc_para(
        parts->doc, ATT_PARA_NOTE,
        "COSMIN criteria. Disc with plus: sufficient. Dashed ring with question "
        "mark: borderline or not assessed. Diamond with minus: insufficient.");
}

static void add_brief(att_parts *parts)
{
    att_doc_heading(parts->doc, 2, "brief", "In brief");
    att_doc_para(parts->doc, ATT_PARA_LEDE,
                 att_arena_format(parts->arena, "%s %s finished. %s",
                                  att_say_sessions(parts->arena, parts->n_finished),
                                  parts->n_finished == 1 ? "is" : "are",
                                  parts->instrument->n_scales > 0
                                      ? brief_of_scales(parts)
                                      : "The form has no scales: it is described item "
                                        "by item."));
    att_doc_para(
        parts->doc, ATT_PARA_BODY,
        att_arena_format(parts->arena, "%s%s", brief_of_use(parts), not_known));
    add_verdicts(parts);
}

/* ---- end ---- */

static void add_warnings(att_parts *parts)
{
    att_doc_heading(parts->doc, 2, "warnings", "Warnings");
    if (parts->n_left_out > 0) {
        att_saying_add(
            &parts->warnings,
            "Sessions in a language that few used are left out of everything here: "
            "their number would tell of persons.");
    }
    for (size_t g = 0; g < parts->n_groups; g++) {
        size_t at = att_instrument_language(parts->instrument, parts->groups[g].tag);

        if (at != ATT_NONE && at != parts->instrument->language &&
            (parts->instrument->languages[at].reviewed[0] == '\0' ||
             parts->instrument->languages[at].n_stale > 0)) {
            att_saying_add(&parts->warnings,
                           att_arena_format(parts->arena,
                                            "%s: nobody has reviewed the translation. "
                                            "What looks like people may be words.",
                                            parts->groups[g].name));
        }
    }
    if (parts->warnings.n == 0) {
        att_doc_para(parts->doc, ATT_PARA_BODY, "None.");
    }
    for (size_t i = 0; i < parts->warnings.n; i++) {
        att_doc_warning(parts->doc, parts->warnings.list[i]);
    }
}

static void add_methods(att_parts *parts)
{
    att_arena *arena = parts->arena;
    const char *scored = parts->instrument->n_scales > 0
                             ? " Scales were scored by the rules of the instrument."
                             : "";
    const char *alpha = att_arena_format(
        arena,
        " Internal consistency was estimated by Cronbach\xe2\x80\x99s "
        "alpha over sessions with all items of a scale answered "
        "(listwise), with 95%% intervals after Feldt (1965); %s was "
        "taken as the least for comparing groups (%s) and %s for "
        "deciding about one person (%s).",
        att_say_bounded(arena, att_limit_value(ATT_LIMIT_ALPHA_GROUP)),
        att_threshold_of(ATT_LIMIT_ALPHA_GROUP)->source,
        att_say_bounded(arena, att_limit_value(ATT_LIMIT_ALPHA_PERSON)),
        att_threshold_of(ATT_LIMIT_ALPHA_PERSON)->source);
    bool has_alpha = !isnan(parts->least_alpha);

    att_doc_heading(parts->doc, 2, "methods", "Methods, ready to paste");
    att_doc_para(
        parts->doc, ATT_PARA_PASTE,
        att_arena_format(
            arena,
            "Answers were collected with %s %s and analysed with %s. %s, "
            "all finished, entered%s%s. Reversed items were turned before all computations. "
            "Skewness was computed as the third central moment over the cube of the "
            "standard deviation.%s%s%s",
            parts->instrument->id, parts->instrument->version, parts->input->program,
            att_say_sessions(arena, parts->n_finished),
            parts->n_groups > 1 ? "; languages were analysed apart" : "",
            parts->input->is_simulated ? "; some or all of them were simulated" : "",
            scored, has_alpha ? alpha : "",
            parts->hide.limit > 0
                ? " Small cells were hidden before the report was written."
                : ""));
}

static void add_again(att_parts *parts)
{
    fact_list facts = { .n = 0 };

    att_doc_heading(parts->doc, 2, "again", "Make it again");
    add_fact(&facts, "Command", parts->input->command);
    add_fact(&facts, "Instrument digest", parts->instrument->digest);
    add_fact(&facts, "Version", parts->instrument->version);
    add_fact(&facts, "Program", parts->input->program);
    att_doc_facts(parts->doc, facts.list, facts.n);
}

static const char *dates_text(att_parts *parts)
{
    att_msec first = 0;
    att_msec last = 0;
    char from[ATT_STAMP_SIZE];
    char to[ATT_STAMP_SIZE];

    for (size_t i = 0; i < parts->frame->n_rows; i++) {
        const att_row_head *head = &parts->frame->heads[i];

        if (parts->is_used[i]) {
            first = first == 0 || head->started < first ? head->started : first;
            last = head->finished > last ? head->finished : last;
        }
    }
    if (first == 0) {
        return "";
    }
    att_stamp_write(from, first);
    att_stamp_write(to, last);
    return att_arena_format(parts->arena, "%.10s to %.10s (UTC)", from, to);
}

static const char *versions_text(att_parts *parts)
{
    const char *text = "";

    for (size_t i = 0; i < parts->input->n_versions; i++) {
        const att_instrument *one = parts->input->versions[i];

        text = att_arena_format(parts->arena, "%s%s%s %s (%s)", text,
                                i == 0 ? "" : ", ", one->id, one->version,
                                att_maturity_name(one->provenance.maturity));
    }
    return text;
}

static const char *suppression_text(att_parts *parts)
{
    switch (parts->input->audience) {
    case ATT_FOR_INTERNAL: return "None: this copy is for internal use.";
    case ATT_FOR_SITE:
    case ATT_FOR_PUBLIC: break;
    }
    return att_arena_format(
        parts->arena,
        "Counts of %s are hidden, and what would give them away: %zu cells.",
        parts->input->audience == ATT_FOR_SITE ? "1 to 4" : "1 to 10", parts->n_hidden);
}

static void add_footer(att_parts *parts)
{
    att_doc *doc = parts->doc;
    fact_list facts = { .n = 0 };
    att_fact *footer;

    add_fact(&facts, "Data", dates_text(parts));
    add_fact(&facts, "Sessions",
             att_arena_format(parts->arena, "n = %s finished",
                              att_say_count(parts->arena, parts->n_finished)));
    add_fact(&facts, "Instruments", versions_text(parts));
    add_fact(&facts, "Command", parts->input->command);
    add_fact(&facts, "Seed", "none: nothing in this report is drawn at random");
    add_fact(&facts, "Program", parts->input->program);
    add_fact(&facts, "Journal head", parts->input->head);
    add_fact(&facts, "Small cells", suppression_text(parts));
    footer = att_new_n(parts->arena, att_fact, facts.n);
    memcpy(footer, facts.list, facts.n * sizeof *footer);
    doc->footer = footer;
    doc->n_footer = facts.n;
}

/* ---- all of it ---- */

static att_doc *begin(att_parts *parts)
{
    const att_instrument *one = parts->instrument;
    att_doc *doc = att_doc_make(parts->arena, wording(parts, &one->title));

    doc->language = "en";
    doc->kicker = parts->input->network[0] != '\0'
                      ? att_arena_format(parts->arena, "Instrument report, %s",
                                         parts->input->network)
                      : "Instrument report";
    doc->question =
        "What was asked, how it was answered, and how far the answers carry.";
    return doc;
}

/* Moves all nodes of `from` behind those of `to`. */
static void append(att_doc *to, const att_doc *from)
{
    size_t n = to->n_nodes + from->n_nodes;
    att_node *nodes = att_new_n(to->arena, att_node, n);

    if (to->n_nodes > 0) {
        memcpy(nodes, to->nodes, to->n_nodes * sizeof *nodes);
    }
    if (from->n_nodes > 0) {
        memcpy(nodes + to->n_nodes, from->nodes, from->n_nodes * sizeof *nodes);
    }
    to->nodes = nodes;
    to->n_nodes = n;
    to->room = n;
}

/* Too few to show anything: said, and nothing else. */
static att_doc *refuse(att_parts *parts)
{
    att_doc_heading(parts->doc, 2, "brief", "In brief");
    att_doc_para(
        parts->doc, ATT_PARA_LEDE,
        parts->n_finished == 0 && parts->n_left_out == 0
            ? "No session is finished yet, so there is nothing to report."
            : "Too few sessions are finished for a report to these readers: it "
              "would tell of persons.");
    return parts->doc;
}

att_doc *att_report_instrument(att_arena *arena, const att_report_input *input)
{
    att_parts parts = { .arena = arena };
    att_doc *head;

    att_parts_start(&parts, input);
    head = begin(&parts);
    parts.doc = head;
    add_status(&parts);
    if (parts.n_finished == 0 || att_hide_count(&parts.hide, parts.n_finished)) {
        return refuse(&parts);
    }
    add_card(&parts);
    parts.doc = att_doc_make(arena, "");
    att_part_sample(&parts);
    att_part_items(&parts);
    att_part_scores(&parts);
    att_part_reliability(&parts);
    add_warnings(&parts);
    add_methods(&parts);
    add_again(&parts);
    {
        att_doc *sections = parts.doc;

        parts.doc = head;
        add_brief(&parts);
        append(head, sections);
    }
    head->has_contents = true;
    add_footer(&parts);
    return head;
}
