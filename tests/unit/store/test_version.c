/* test_version.c - which version is newer
 */
#include <att_test.h>

#include "version.h"

/* The order of examples in Semantic Versioning 2.0.0, clause 11, and around it. */
static void versions_rise_as_semantic_versioning_says(void **state)
{
    static const char *const rising[] = {
        "0.9.0",      "1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
        "1.0.0",      "1.0.1",        "1.2.0",         "1.10.0",
        "2.0.0",      "10.0.0",
    };
    size_t n = sizeof rising / sizeof rising[0];

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            int order = att_version_order(rising[i], rising[j]);

            if ((order > 0) - (order < 0) != (i > j) - (i < j)) {
                fail_msg("%s against %s: %d", rising[i], rising[j], order);
            }
        }
    }
}

static void what_was_built_makes_no_version_newer(void **state)
{
    assert_int_equal(att_version_order("1.0.0+a", "1.0.0+b"), 0);
    assert_int_equal(att_version_order("01.0.0", "1.0.0"), 0);
    assert_true(att_version_order("", "1.0.0") < 0);
}

ATT_TEST_MAIN(cmocka_unit_test(versions_rise_as_semantic_versioning_says),
              cmocka_unit_test(what_was_built_makes_no_version_newer))
