/* An instrument for other eyes: its codebook, its findings as SARIF, its branching as a
 * graph. */
#include "att_program.h"

#include <string.h>

static const char branching[] =
    "{ \"format\": \"instrument/1\", \"id\": \"b\", \"version\": \"1.0.0\",\n"
    "  \"title\": \"B\", \"languages\": { \"default\": \"en\", \"list\": [{ \"tag\": "
    "\"en\" }] },\n"
    "  \"items\": [\n"
    "    { \"id\": \"a\", \"kind\": \"many\", \"text\": \"A\", \"choices\": [{ \"code\": "
    "1, \"text\": \"<one> | \\\"two\\\"\" }] },\n"
    "    { \"id\": \"end\", \"kind\": \"page\", \"show\": \"selected(a, 1) and role = "
    "'P\\\"T'\", \"items\": [\n"
    "      { \"id\": \"b2\", \"kind\": \"one\", \"text\": \"B\", \"choices\": { \"from\": "
    "\"a\" } },\n"
    "      { \"id\": \"c\", \"kind\": \"note\", \"text\": \"C\", \"show\": \"role != "
    "'x'\" } ] } ] }\n";

static void a_graph_has_items_boxes_order_and_conditions(void **state)
{
    static const char dot[] =
        "digraph \"b\" {\n"
        "  node [shape=box];\n"
        "  \"a\" [label=\"a\\nmany\"];\n"
        "  subgraph \"cluster_end\" {\n"
        "    label=\"end\";\n"
        "    \"b2\" [label=\"b2\\none\"];\n"
        "    \"c\" [label=\"c\\nnote\", style=dashed];\n"
        "  }\n"
        "  \"role\" [shape=ellipse];\n"
        "  \"a\" -> \"b2\";\n"
        "  \"b2\" -> \"c\";\n"
        "  \"a\" -> \"b2\" [style=dotted, constraint=false, label=\"selected(a, 1) and "
        "role = 'P\\\"T'\"];\n"
        "  \"role\" -> \"b2\" [style=dotted, constraint=false, label=\"selected(a, 1) "
        "and role = 'P\\\"T'\"];\n"
        "  \"a\" -> \"b2\" [style=dotted, constraint=false, label=\"choices\"];\n"
        "  \"role\" -> \"c\" [style=dotted, constraint=false, label=\"role != 'x'\"];\n"
        "}\n";
    static const char mermaid[] =
        "flowchart TD\n"
        "  i_a[\"a<br>many\"]\n"
        "  subgraph c_end[\"end\"]\n"
        "    i_b2[\"b2<br>one\"]\n"
        "    i_c[\"c<br>note\"]\n"
        "  end\n"
        "  i_role([\"role\"])\n"
        "  i_a --> i_b2\n"
        "  i_b2 --> i_c\n"
        "  i_a -.->|\"selected(a, 1) and role = 'P#34;T'\"| i_b2\n"
        "  i_role -.->|\"selected(a, 1) and role = 'P#34;T'\"| i_b2\n"
        "  i_a -.->|\"choices\"| i_b2\n"
        "  i_role -.->|\"role != 'x'\"| i_c\n";
    att_place *place = *state;
    att_run run;

    att_place_write(place, "b.json", branching);
    run = att_program_run(place, "graph b.json");
    assert_status(run, 0);
    assert_string_equal(run.out, dot);
    run = att_program_run(place, "graph b.json --format mermaid");
    assert_status(run, 0);
    assert_string_equal(run.out, mermaid);
    run = att_program_run(place, "graph profile");
    assert_contains(run.out, "\"pro5\" -> \"pro5_other\" [style=dotted");
    run = att_program_run(place, "graph nothing.json");
    assert_status(run, 3);
    assert_string_equal(run.out, "");
}

static void a_codebook_has_items_codes_scores_and_tokens(void **state)
{
    static const char *const instruments[] = { "profile", "ces", "recs", "fss",
                                               "pulse" };
    att_place *place = *state;
    att_run run;

    run = att_program_run(place, "show recs --format md");
    assert_status(run, 0);
    assert_string_equal(run.err, "");
    assert_contains(run.out, "- **Instrument**: recs 1.0.0\n");
    assert_contains(run.out,
                    "- **Languages**: en, es (draft, unreviewed, not reviewed)\n");
    assert_contains(run.out,
                    "- **Known of people**: age (number), ref\\_preset (text), "
                    "ref\\_kind (number)\n");
    assert_contains(run.out,
                    "### recs\\_t4\n\n- **Kind**: one\n- **In**: recs\\_now\n");
    assert_contains(run.out, "- **Text, es**: {Ref} sabe hacer bien su trabajo.\n");
    assert_contains(run.out,
                    "- **Variant, en**: when role = 'CL' and coalesce(recs\\_r1, "
                    "person.ref\\_kind) in (3, 4): "
                    "{Ref} knows a lot about living with {condition}.\n");
    assert_contains(run.out, "| Code | en | es |\n| --- | --- | --- |\n"
                             "| 1 | Strongly disagree | Muy en desacuerdo |\n");
    assert_contains(run.out,
                    "| -7 not\\_applicable | Does not apply | No corresponde |");
    assert_contains(run.out, "- **-8**: refused, offered: Prefer not to say\n");
    assert_contains(run.out, "- **Items**: recs\\_t1, recs\\_t2, recs\\_t3, recs\\_t4, "
                             "recs\\_t5 (R)\n- **Score**: mean\n- **Needs**: 3 of 5 "
                             "answers\n- **Answers**: 1 to 5\n");
    assert_contains(run.out,
                    "- **Value**: mean(trust, empathy, goals, min\\_valid: 3)\n"
                    "- **Not before**: structure tested\n");
    assert_contains(run.out, "- **Else, en**: when recs\\_r1 = 8: our team\n");
    run = att_program_run(place, "show profile");
    assert_contains(run.out, "pro1_other\nKind        text\n");
    assert_contains(run.out, "Asked when  selected(pro1, 9)\n");
    assert_contains(run.out, "Choices   what is marked in pro1\n");
    run = att_program_run(place, "show bsc --format md");
    assert_contains(run.out, "| Code | en | Offered when |\n| --- | --- | --- |\n"
                             "| 1 | I did not have enough time. | bsc\\_b1 \\>= 2 |\n");
    run = att_program_runf(place, "show %s --format md",
                           att_test_path("instruments/orders.json"));
    assert_contains(run.out, "- **Order**: rotate\n");
    assert_contains(run.out, "- **Places**: 2\n");
    assert_contains(run.out, "- **Fixed**: keeps its place\n");
    for (size_t i = 0; i < sizeof instruments / sizeof *instruments; i++) {
        run =
            att_program_runf(place, "show %s --format html -o b.html", instruments[i]);
        assert_status(run, 0);
        assert_string_equal(run.out, "");
        assert_contains(att_place_read(place, "b.html"), "<!DOCTYPE html>");
        assert_contains(att_place_read(place, "b.html"), "Codebook");
    }
    assert_status(att_program_run(place, "show nothing.json"), 3);
}

static void a_codebook_says_whom_to_ask_and_what_is_known(void **state)
{
    att_place *place = *state;
    att_run run;

    att_place_write(
        place, "f.json",
        "{\"format\":\"instrument/1\",\"id\":\"f\",\"version\":\"1.0.0\",\"title\":\"F\","
        "\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\"}]},"
        "\"provenance\":{\"licence\":\"permission required\",\"contact\":\"A. Author\","
        "\"status\":\"validated\",\"evidence\":[{\"what\":\"internal consistency\","
        "\"scale\":\"calm\",\"coefficient\":\"alpha\",\"value\":0.84,\"interval\":"
        "[0.81,0.86],\"n\":412,\"sample\":\"adults\",\"date\":\"2026-03-01\"},"
        "{\"n\":9}]},\"items\":[{\"id\":\"a\",\"kind\":\"text\",\"text\":\"A?\"}]}");
    run = att_program_run(place, "show f.json");
    assert_status(run, 0);
    assert_contains(run.out, "A. Author");
    assert_contains(
        run.out, "internal consistency of calm: alpha = 0.84 [0.81, 0.86]; n = 412;");
    assert_contains(run.out, " adults; 2026-03-01");
    assert_contains(run.out, "n = 9\n");
}

static void findings_as_sarif_have_rules_and_regions(void **state)
{
    att_place *place = *state;
    char *text = att_test_read("e2e/pulse.json", NULL);
    att_run run;
    json_t *sarif;
    json_t *one;
    const char *id = NULL, *level = NULL, *uri = NULL, *rule = NULL, *pointer = NULL;
    int line = 0, from = 0, to = 0;

    att_place_write(place, "a pulse.json", text);
    test_free(text);
    run = att_program_run(place, "check --format sarif 'a pulse.json'");
    assert_status(run, 1);
    sarif = att_run_json(place, &run);
    assert_string_equal(json_string_value(json_object_get(sarif, "version")), "2.1.0");
    one = json_array_get(json_object_get(sarif, "runs"), 0);
    assert_int_equal(json_array_size(json_object_get(one, "results")), 3);
    assert_int_equal(json_unpack(json_object_get(one, "tool"),
                                 "{s:{s:s,s:[{s:s},{s:s},{s:s}]}}", "driver", "name",
                                 &id, "rules", "id", &rule, "id", &level, "id", &uri),
                     0);
    assert_string_equal(id, "attune");
    assert_string_equal(rule, "L003");
    assert_string_equal(level, "L021");
    assert_string_equal(uri, "L034");
    /* the first finding of docs/SCREENS.md, "attune check pulse.json": 52:34, 3 wide */
    assert_int_equal(
        json_unpack(json_array_get(json_object_get(one, "results"), 0),
                    "{s:s,s:s,s:[{s:{s:{s:s},s:{s:i,s:i,s:i}},s:[{s:s}]}]}", "ruleId",
                    &id, "level", &level, "locations", "physicalLocation",
                    "artifactLocation", "uri", &uri, "region", "startLine", &line,
                    "startColumn", &from, "endColumn", &to, "logicalLocations",
                    "fullyQualifiedName", &pointer),
        0);
    assert_string_equal(id, "L021");
    assert_string_equal(level, "error");
    assert_string_equal(uri, "a%20pulse.json");
    assert_int_equal(line, 52);
    assert_int_equal(from, 34);
    assert_int_equal(to, 37);
    assert_string_equal(pointer, "/items/1/show");
}

ATT_TEST_MAIN(att_program_test(a_codebook_has_items_codes_scores_and_tokens),
              att_program_test(a_graph_has_items_boxes_order_and_conditions),
              att_program_test(a_codebook_says_whom_to_ask_and_what_is_known),
              att_program_test(findings_as_sarif_have_rules_and_regions))
