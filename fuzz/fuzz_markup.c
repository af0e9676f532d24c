/* fuzz_markup.c - any bytes as text of a page: nothing that means something stays
 * rooms: base doc
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/text.h>
#include <attune/doc/renderer.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text between two marks that the page itself does not hold. */
static void check(const char *page)
{
    const char *from = strstr(page, "<h1>");
    const char *to = from != NULL ? strstr(from, "</h1>") : NULL;

    if (from == NULL || to == NULL) {
        abort();
    }
    for (const char *p = from + 4; p < to; p++) {
        if (*p == '<' || *p == '>' || *p == '"' || *p == '\'' ||
            (unsigned char)*p < 0x20) {
            abort();
        }
    }
    if (att_text_check(page, strlen(page)) != strlen(page)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    att_render_opts opts = { .css = "" };
    att_arena arena = { 0 };
    att_buf page = { 0 };
    char *text = att_arena_text_n(&arena, (const char *)data, size);
    att_doc *doc = att_doc_make(&arena, text);

    att_doc_heading(doc, 2, text, text);
    att_doc_para(doc, ATT_PARA_BODY, text);
    att_renderer_find("html")->render(&page, doc, &opts);
    check(att_buf_text(&page));
    att_buf_drop(&page);
    att_arena_drop(&arena);
    return 0;
}
