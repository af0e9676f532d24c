/* findings.c - lines of "ok", "warn" and "FAIL", and their count
 */
#include "findings.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include <attune/base/json.h>
#include <attune/base/text.h>

static const char *const words[] = { "ok", "warn", "FAIL" };

void att_findings_add(att_findings *findings, att_finding how, const char *what,
                      const char *text)
{
    assert(findings->n < ATT_FINDINGS_MAX);
    findings->list[findings->n].how = how;
    findings->list[findings->n].what = what;
    findings->list[findings->n].text = text;
    findings->n += 1;
}

void att_findings_more(att_findings *findings, const char *text)
{
    size_t last = findings->n - 1;

    assert(findings->n > 0 && findings->list[last].n_more < 4);
    findings->list[last].more[findings->list[last].n_more++] = text;
}

static void write_json(const att_findings *findings)
{
    att_json_out out = att_json_begin(findings->call->out, true);

    att_json_object(&out);
    att_json_put_string(&out, "format", "attune-findings/1");
    att_json_key(&out, "findings");
    att_json_list(&out);
    for (size_t i = 0; i < findings->n; i++) {
        att_json_object(&out);
        att_json_put_string(&out, "status", words[findings->list[i].how]);
        att_json_put_string(&out, "what", findings->list[i].what);
        att_json_put_string(&out, "text", findings->list[i].text);
        att_json_key(&out, "more");
        att_json_list(&out);
        for (size_t k = 0; k < findings->list[i].n_more; k++) {
            att_json_string(&out, findings->list[i].more[k]);
        }
        att_json_end_list(&out);
        att_json_end_object(&out);
    }
    att_json_end_list(&out);
    att_json_end_object(&out);
    att_buf_char(findings->call->out, '\n');
}

/* "2 ok, 1 warning, 1 failure": what there is none of is left out, but for ok. */
static void write_count(att_buf *out, const size_t count[3])
{
    att_buf_format(out, "%zu ok", count[ATT_FINDING_OK]);
    if (count[ATT_FINDING_WARN] > 0) {
        att_buf_format(out, ", %zu warning%s", count[ATT_FINDING_WARN],
                       count[ATT_FINDING_WARN] == 1 ? "" : "s");
    }
    if (count[ATT_FINDING_FAIL] > 0) {
        att_buf_format(out, ", %zu failure%s", count[ATT_FINDING_FAIL],
                       count[ATT_FINDING_FAIL] == 1 ? "" : "s");
    }
    att_buf_char(out, '\n');
}

static void write_text(const att_findings *findings, const size_t count[3])
{
    static const att_role roles[] = { ATT_ROLE_GOOD, ATT_ROLE_ALERT, ATT_ROLE_ALERT };
    att_buf *out = findings->call->out;
    att_style style = att_style_for(STDOUT_FILENO, findings->call->color);
    size_t width = 0;

    for (size_t i = 0; i < findings->n; i++) {
        size_t n = att_text_width(findings->list[i].what);

        width = n > width ? n : width;
    }
    for (size_t i = 0; i < findings->n; i++) {
        const char *word = words[findings->list[i].how];
        att_role role = roles[findings->list[i].how];

        att_buf_format(out, "%s%s%s", att_style_on(style, role), word,
                       att_style_off(style, role));
        att_buf_repeat(out, ' ', 6 - strlen(word));
        att_text_tame(out, findings->list[i].what);
        att_buf_repeat(out, ' ', width + 2 - att_text_width(findings->list[i].what));
        att_text_tame(out, findings->list[i].text);
        att_buf_char(out, '\n');
        for (size_t k = 0; k < findings->list[i].n_more; k++) {
            att_buf_add(out, "      ");
            att_text_tame(out, findings->list[i].more[k]);
            att_buf_char(out, '\n');
        }
    }
    write_count(out, count);
}

int att_findings_end(const att_findings *findings)
{
    size_t count[3] = { 0 };

    for (size_t i = 0; i < findings->n; i++) {
        count[findings->list[i].how] += 1;
    }
    if (findings->call->is_json) {
        write_json(findings);
    } else {
        write_text(findings, count);
    }
    return count[ATT_FINDING_FAIL] > 0 ? 1 : 0;
}
