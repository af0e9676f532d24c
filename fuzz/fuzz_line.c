/* fuzz_line.c - bytes as typed lines to a small interview
 * rooms: face
 *
 * Whatever is typed, the interview ends, nothing but plain lines is written, and the
 * entries that were kept make the session again.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/seal.h>
#include <attune/face/face.h>
#include <attune/instrument/read.h>

#define INPUT_MAX   ((size_t)1 << 18)
#define ENTRIES_MAX 4096

static const char instrument_text[] =
    "{\"format\":\"instrument/1\",\"id\":\"small\",\"version\":\"1.0.0\","
    "\"title\":\"Small\",\"languages\":{\"default\":\"en\",\"list\":[{\"tag\":\"en\","
    "\"dir\":\"ltr\"},{\"tag\":\"es\",\"dir\":\"ltr\"}]},\"provenance\":{\"authors\":["
    "{\"name\":\"A\"}],\"licence\":\"CC0-1.0\",\"citation\":\"Invented.\",\"status\":"
    "\"draft\"},\"missing\":{\"range\":[-10,-4],\"codes\":[{\"code\":-8,\"reason\":"
    "\"refused\",\"offer\":true}]},\"choices\":{\"yn\":[{\"code\":1,\"text\":\"Yes\"},{"
    "\"code\":0,\"text\":\"No\"}]},\"items\":["
    "{\"id\":\"a\",\"kind\":\"one\",\"choices\":\"yn\",\"required\":\"hard\",\"text\":"
    "\"A?\"},"
    "{\"id\":\"n\",\"kind\":\"integer\",\"min\":0,\"max\":60,\"warn\":\"n <= 31\","
    "\"warn_text\":\"{.} is many.\",\"text\":\"How many?\"},"
    "{\"id\":\"t\",\"kind\":\"text\",\"required\":\"soft\",\"show\":\"a = 1\",\"text\":"
    "\"What?\"},"
    "{\"id\":\"g\",\"kind\":\"grid\",\"choices\":\"yn\",\"text\":\"Each?\",\"items\":[{"
    "\"id\":\"g1\",\"text\":\"One\"},{\"id\":\"g2\",\"text\":\"Two\",\"show\":\"a = 1\"}]"
    "},"
    "{\"id\":\"m\",\"kind\":\"many\",\"choices\":[{\"code\":1,\"text\":\"Red\"},{"
    "\"code\":2,\"text\":\"Blue\"},{\"code\":9,\"text\":\"None\",\"exclusive\":true}],"
    "\"text\":\"Which?\"},"
    "{\"id\":\"d\",\"kind\":\"date\",\"max\":\"today\",\"text\":\"When, after {t}?\"},"
    "{\"id\":\"h\",\"kind\":\"time\",\"text\":\"At?\"},"
    "{\"id\":\"w\",\"kind\":\"datetime\",\"max\":\"d\",\"text\":\"On?\"},"
    "{\"id\":\"v\",\"kind\":\"vas\",\"min\":0,\"max\":100,\"text\":\"How much?\"},"
    "{\"id\":\"l\",\"kind\":\"text\",\"long\":true,\"text\":\"What else?\"}]}";

typedef struct journal {
    att_arena *arena;
    att_entry entries[ENTRIES_MAX];
    size_t n;
} journal;

static att_code keep(void *data, const att_entry *entry, att_err *err)
{
    journal *kept = data;
    att_entry own = *entry;

    if (kept->n == ENTRIES_MAX) {
        return att_fail(err, ATT_ELIMIT, "enough");
    }
    own.answer = att_answer_copy(kept->arena, &entry->answer);
    kept->entries[kept->n++] = own;
    return ATT_OK;
}

static att_msec still(void)
{
    return 1789372920000LL;
}

static void check_output(const char *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)out[i];
        if ((c < ' ' && c != '\n') || c == 127) {
            abort();
        }
    }
}

static void check_replay(att_arena *arena, const att_instrument *instrument,
                         const att_response *header, const att_session *session,
                         const journal *kept)
{
    att_session *again = att_session_make(arena, instrument, header, NULL, 0);
    att_err err = { 0 };

    if (att_session_replay(again, kept->entries, kept->n, &err) != ATT_OK) {
        abort();
    }
    for (size_t i = 0; i < instrument->n_items; i++) {
        if (!att_answer_same(&att_session_sheet(again)->raw[i],
                             &att_session_sheet(session)->raw[i])) {
            abort();
        }
    }
}

static void talk(att_arena *arena, journal *kept, FILE *in, FILE *out)
{
    static const att_response small = { .id = "0123456789abcdefghijklmnopqrstuvwxyz",
                                        .instrument = "small",
                                        .version = "1.0.0",
                                        .digest = "",
                                        .person = "",
                                        .role = "",
                                        .site = "",
                                        .wave = "",
                                        .language = "en",
                                        .today = 20710 };
    att_err err = { 0 };
    const att_instrument *instrument = att_instrument_open_bytes(
        arena, "small.json", instrument_text, sizeof instrument_text - 1, &err);
    att_session *session;
    att_sink sink = { .data = kept, .keep = keep };
    att_face_opts opts = { .in = in, .out = out, .now = still, .mono = still };
    att_face_end end;

    if (instrument == NULL) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    session = att_session_make(arena, instrument, &small, NULL, 0);
    if (att_face_run(att_face_find("line"), &opts, session, &sink, &end, &err) ==
        ATT_OK) {
        check_replay(arena, instrument, &small, session, kept);
    } else if (err.code != ATT_ELIMIT) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static journal kept;
    att_arena arena = { 0 };
    char *typed, *written = NULL;
    size_t n_written = 0;
    FILE *in, *out;

    if (size == 0 || size > INPUT_MAX || att_seal_start(NULL) != ATT_OK) {
        return 0;
    }
    typed = malloc(size);
    memcpy(typed, data, size);
    in = fmemopen(typed, size, "r");
    out = open_memstream(&written, &n_written);
    kept.arena = &arena;
    kept.n = 0;
    talk(&arena, &kept, in, out);
    fclose(in);
    fclose(out);
    check_output(written, n_written);
    free(written);
    free(typed);
    att_arena_drop(&arena);
    return 0;
}
