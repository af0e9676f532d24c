/* test_markup.c - text from people inside HTML and SVG
 */
#include "att_test.h"
#include "markup.h"

#define BAD "\xef\xbf\xbd" /* U+FFFD */

static void hostile_text_becomes_harmless(void **state)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        { "plain", "plain" },
        { "", "" },
        { "a < b & c > d", "a &lt; b &amp; c &gt; d" },
        { "\"x\" 'y'", "&quot;x&quot; &#39;y&#39;" },
        { "</title><script>", "&lt;/title&gt;&lt;script&gt;" },
        { "&amp;", "&amp;amp;" },
        { "two\nlines\tand\r", "two lines and " },
        { "\x1b[31m", BAD "[31m" },
        { "\x7f", BAD },
        { "\xc2\x9b", BAD }, /* CSI in one character */
        { "\xe2\x80\xae"
          "abc",
          BAD "abc" }, /* right-to-left override */
        { "\xe2\x81\xa6"
          "abc",
          BAD "abc" },                   /* isolate */
        { "\xef\xbf\xbe", BAD },         /* U+FFFE */
        { "\xff\xfe", BAD BAD },         /* no UTF-8 */
        { "a\xc3", "a" BAD },            /* cut off */
        { "\xf0\x9f\x98", BAD BAD BAD }, /* cut off */
        { "Jos\xc3\xa9 \xe2\x80\x93 \xf0\x9f\x98\x80", "Jos\xc3\xa9 \xe2\x80\x93 "
                                                       "\xf0\x9f\x98\x80" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        att_buf out = { 0 };

        att_markup_text(&out, cases[i].text);
        assert_string_equal(att_buf_text(&out), cases[i].written);
        att_buf_drop(&out);
    }
}

static void an_attribute_cannot_be_left(void **state)
{
    att_buf out = { 0 };

    att_markup_attribute(&out, "id", "x\" onload=\"alert(1)");
    assert_string_equal(att_buf_text(&out), " id=\"x&quot; onload=&quot;alert(1)\"");
    att_buf_drop(&out);
}

static void no_text_adds_nothing(void **state)
{
    att_buf out = { 0 };

    att_markup_text(&out, NULL);
    assert_int_equal(out.n, 0);
    att_buf_drop(&out);
}

ATT_TEST_MAIN(cmocka_unit_test(hostile_text_becomes_harmless),
              cmocka_unit_test(an_attribute_cannot_be_left),
              cmocka_unit_test(no_text_adds_nothing))
