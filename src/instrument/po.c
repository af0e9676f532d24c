/* po.c - catalogues of translations as gettext writes them; see the header */
#include <attune/instrument/po.h>

#include <string.h>

#include <attune/base/text.h>

/* ---- reading ---- */

/* An entry that is being read: what came last decides what may come next. */
typedef enum stage { STAGE_NONE = 0, STAGE_CONTEXT, STAGE_SOURCE, STAGE_TEXT } stage;

typedef struct reader {
    att_arena *arena;
    const char *name;
    const char *at, *line_start; /* where we are */
    unsigned line;
    att_po *out;
    size_t room;
    bool has_head;
    stage stage;
    att_po_entry entry;
    att_buf part[4]; /* by stage */
    att_buf comment; /* of the entry that comes */
    bool is_fuzzy;   /* the same */
} reader;

static unsigned column_at(const reader *r, const char *p)
{
    unsigned column = 1;
    const char *q;

    for (q = r->line_start; q < p; q++) {
        column += ((unsigned char)*q & 0xC0) != 0x80;
    }
    return column;
}

static att_code fault(const reader *r, const char *p, att_err *err, const char *what,
                      const char *hint)
{
    att_fail(err, ATT_EINPUT, "%s", what);
    att_at(err, r->name, r->line, column_at(r, p), NULL);
    return hint != NULL ? att_hint(err, "%s", hint) : ATT_EINPUT;
}

/* The value of a hexadecimal or octal digit; 16 when it is none. */
static unsigned digit_of(char c)
{
    return c >= '0' && c <= '9'   ? (unsigned)(c - '0')
           : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
           : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                  : 16;
}

/* \ooo and \xhh; *p stands behind the backslash and moves behind the digits. */
static unsigned number_of(const char **p)
{
    unsigned base = **p == 'x' ? 16 : 8;
    size_t most = base == 16 ? 2 : 3;
    unsigned value = 0;
    size_t n;

    *p += base == 16 ? 1 : 0;
    for (n = 0; n < most && digit_of(**p) < base; n++) {
        value = value * base + digit_of(*(*p)++);
    }
    return n > 0 && value < 256 ? value : 0;
}

/* A backslash and what follows it. */
static att_code read_escape(reader *r, att_buf *out, att_err *err)
{
    static const char from[] = "ntr\"\\abfv";
    static const char to[] = "\n\t\r\"\\\a\b\f\v";
    const char *start = r->at++;
    const char *known = *r->at != '\0' ? strchr(from, *r->at) : NULL;
    unsigned value;

    if (known != NULL) {
        att_buf_char(out, to[known - from]);
        r->at++;
        return ATT_OK;
    }
    if (*r->at != 'x' && digit_of(*r->at) >= 8) {
        return fault(r, start, err, "this backslash means nothing",
                     "write \\\\ for a backslash, \\n for the end of a line");
    }
    value = number_of(&r->at);
    if (value == 0) {
        return fault(r, start, err, "this number is no character", NULL);
    }
    att_buf_char(out, (char)value);
    return ATT_OK;
}

/* A string in quotes, to the end of its line, added to what is being read. */
static att_code read_string(reader *r, att_err *err)
{
    att_buf *out = &r->part[r->stage];
    const char *start = r->at++;

    while (*r->at != '"') {
        size_t plain = strcspn(r->at, "\"\\\n");

        att_buf_add_n(out, r->at, plain);
        r->at += plain;
        if (*r->at == '\n' || *r->at == '\0') {
            return fault(r, start, err, "this string has no end on its line",
                         "close it with \" and go on with another on the next line");
        }
        if (*r->at == '\\') {
            ATT_TRY(read_escape(r, out, err));
        }
    }
    r->at++;
    r->at += strspn(r->at, " \t\r");
    if (*r->at != '\n' && *r->at != '\0') {
        return fault(r, r->at, err, "nothing may follow a string on its line", NULL);
    }
    return ATT_OK;
}

static const char *take_part(reader *r, stage which)
{
    const char *text = att_arena_text(r->arena, att_buf_text(&r->part[which]));

    att_buf_cut(&r->part[which], 0);
    return text;
}

static att_code add_entry(reader *r, att_err *err)
{
    att_po *po = r->out;

    if (po->n == ATT_PO_ENTRIES_MAX) {
        att_fail(err, ATT_ELIMIT, "there are more than %d entries", ATT_PO_ENTRIES_MAX);
        return att_at(err, r->name, r->entry.line, r->entry.column, NULL);
    }
    if (po->n == r->room) {
        att_po_entry *old = po->list;

        r->room = r->room > 0 ? 2 * r->room : 64;
        po->list = att_new_n(r->arena, att_po_entry, r->room);
        if (po->n > 0) {
            memcpy(po->list, old, po->n * sizeof *old);
        }
    }
    po->list[po->n++] = r->entry;
    return ATT_OK;
}

/* The head is the entry without a source. */
static att_code take_head(reader *r, att_err *err)
{
    const char *charset;

    r->out->head = r->entry.text;
    r->has_head = true;
    charset = strstr(r->out->head, "charset=");
    if (charset != NULL && strncmp(charset + 8, "UTF-8", 5) != 0 &&
        strncmp(charset + 8, "utf-8", 5) != 0) {
        att_fail(err, ATT_EINPUT, "this catalogue is not said to be in UTF-8");
        att_at(err, r->name, r->entry.line, r->entry.column, NULL);
        return att_hint(err, "msgconv -t UTF-8 rewrites it");
    }
    return ATT_OK;
}

/* What was read so far is an entry, if it is anything. */
static att_code end_entry(reader *r, att_err *err)
{
    bool has_context = r->entry.context != NULL;

    if (r->stage == STAGE_NONE) {
        return ATT_OK;
    }
    if (r->stage != STAGE_TEXT) {
        att_fail(err, ATT_EINPUT, "this entry ends before its \"msgstr\"");
        return att_at(err, r->name, r->entry.line, r->entry.column, NULL);
    }
    if (has_context) {
        r->entry.context = take_part(r, STAGE_CONTEXT);
    }
    r->entry.source = take_part(r, STAGE_SOURCE);
    r->entry.text = take_part(r, STAGE_TEXT);
    r->stage = STAGE_NONE;
    if (!has_context && r->entry.source[0] == '\0' && !r->has_head) {
        return take_head(r, err);
    }
    return add_entry(r, err);
}

static att_code begin_entry(reader *r, const char *start, att_err *err)
{
    ATT_TRY(end_entry(r, err));
    r->entry =
        (att_po_entry){ .is_fuzzy = r->is_fuzzy,
                        .comment = att_arena_text(r->arena, att_buf_text(&r->comment)),
                        .line = r->line,
                        .column = column_at(r, start) };
    r->is_fuzzy = false;
    att_buf_cut(&r->comment, 0);
    return ATT_OK;
}

static att_code read_keyword(reader *r, att_err *err)
{
    static const char *const keywords[] = { "", "msgctxt", "msgid", "msgstr" };
    const char *start = r->at;
    size_t n = strcspn(start, " \t\r\n\"");
    stage next = STAGE_NONE;

    for (stage s = STAGE_CONTEXT; s <= STAGE_TEXT; s++) {
        next =
            strlen(keywords[s]) == n && strncmp(start, keywords[s], n) == 0 ? s : next;
    }
    if (strncmp(start, "msgid_plural", 12) == 0 || strncmp(start, "msgstr[", 7) == 0) {
        return fault(r, start, err, "plural forms are not used in an instrument",
                     "give the entry one \"msgid\" and one \"msgstr\"");
    }
    if (next == STAGE_NONE) {
        return fault(r, start, err,
                     "here should stand a comment, msgctxt, msgid, msgstr or a string",
                     NULL);
    }
    if (next == STAGE_CONTEXT || (next == STAGE_SOURCE && r->stage != STAGE_CONTEXT)) {
        ATT_TRY(begin_entry(r, start, err));
    } else if (next == STAGE_TEXT ? r->stage != STAGE_SOURCE
                                  : r->stage != STAGE_CONTEXT) {
        return fault(r, start, err, "this stands out of order",
                     "an entry is msgctxt, then msgid, then msgstr");
    }
    r->stage = next;
    if (next == STAGE_CONTEXT) {
        r->entry.context = "";
    }
    r->at += n;
    r->at += strspn(r->at, " \t");
    if (*r->at != '"') {
        return fault(r, r->at, err, "here should stand a string in quotes", NULL);
    }
    return read_string(r, err);
}

/* Whether a list of flags ("fuzzy, c-format") has fuzzy. */
static bool has_fuzzy(const char *flags, size_t n)
{
    size_t i = 0;

    while (i < n) {
        size_t end;

        i += strspn(flags + i, " \t,");
        end = i + strcspn(flags + i, " \t,\r\n");
        if (end - i == 5 && strncmp(flags + i, "fuzzy", 5) == 0) {
            return true;
        }
        i = end > i ? end : i + 1;
    }
    return false;
}

/* A comment belongs to the entry that follows. What is obsolete is one, too. */
static att_code read_comment(reader *r, att_err *err)
{
    size_t n = strcspn(r->at, "\n");

    if (r->stage == STAGE_TEXT) {
        ATT_TRY(end_entry(r, err));
    }
    if (r->at[1] == ',') {
        r->is_fuzzy |= has_fuzzy(r->at + 2, n - 2);
    } else if (r->at[1] == '.') {
        size_t from = r->at[2] == ' ' ? 3 : 2;
        size_t end = n > from && r->at[n - 1] == '\r' ? n - 1 : n;

        att_buf_add(&r->comment, r->comment.n > 0 ? "\n" : "");
        att_buf_add_n(&r->comment, r->at + from, end - from);
    } else if (r->at[1] == '~') {
        r->is_fuzzy = false;
        att_buf_cut(&r->comment, 0);
    }
    r->at += n;
    return ATT_OK;
}

static att_code read_line(reader *r, att_err *err)
{
    r->line_start = r->at;
    r->at += strspn(r->at, " \t\r");
    if (*r->at == '#') {
        return read_comment(r, err);
    }
    if (*r->at == '"') {
        return r->stage != STAGE_NONE
                   ? read_string(r, err)
                   : fault(r, r->at, err, "this string belongs to nothing", NULL);
    }
    return *r->at == '\n' || *r->at == '\0' ? ATT_OK : read_keyword(r, err);
}

static att_code read_lines(reader *r, att_err *err)
{
    while (*r->at != '\0') {
        r->line++;
        ATT_TRY(read_line(r, err));
        r->at += *r->at == '\n' ? 1 : 0;
    }
    return end_entry(r, err);
}

/* Strings are UTF-8 once escapes are put in as well. */
static att_code check_entries(const reader *r, att_err *err)
{
    size_t n_head = strlen(r->out->head);

    if (att_text_check(r->out->head, n_head) != n_head) {
        att_fail(err, ATT_EINPUT, "the head holds what is not UTF-8");
        return att_at(err, r->name, 0, 0, NULL);
    }
    for (size_t i = 0; i < r->out->n; i++) {
        const att_po_entry *e = &r->out->list[i];
        const char *texts[3] = { e->source, e->text,
                                 e->context != NULL ? e->context : "" };

        for (size_t k = 0; k < 3; k++) {
            size_t n = strlen(texts[k]);

            if (att_text_check(texts[k], n) != n) {
                att_fail(err, ATT_EINPUT, "this entry holds what is not UTF-8");
                return att_at(err, r->name, e->line, e->column, NULL);
            }
        }
    }
    return ATT_OK;
}

static att_code check_bytes(const char *name, const char *bytes, size_t n, att_err *err)
{
    size_t good = att_text_check(bytes, n);
    const char *nul = memchr(bytes, '\0', n);
    unsigned line = 1;

    if (n > ATT_PO_BYTES_MAX) {
        att_fail(err, ATT_ELIMIT, "this catalogue has more than %zu MiB",
                 ATT_PO_BYTES_MAX >> 20);
        return att_at(err, name, 0, 0, NULL);
    }
    if (good == n && nul == NULL) {
        return ATT_OK;
    }
    good = nul != NULL && (size_t)(nul - bytes) < good ? (size_t)(nul - bytes) : good;
    for (size_t i = 0; i < good; i++) {
        line += bytes[i] == '\n';
    }
    att_fail(err, ATT_EINPUT, "a byte here is not text in UTF-8");
    att_at(err, name, line, 0, NULL);
    return att_hint(err, "msgconv -t UTF-8 rewrites it");
}

att_code att_po_read(att_arena *arena, const char *name, const char *bytes, size_t n,
                     att_po *out, att_err *err)
{
    reader r = { .arena = arena, .name = name, .out = out };
    att_code code;

    *out = (att_po){ .name = name, .head = "" };
    ATT_TRY(check_bytes(name, bytes, n, err));
    r.at = att_arena_text_n(arena, bytes, n);
    r.at += strncmp(r.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    code = read_lines(&r, err);
    if (code == ATT_OK) {
        code = check_entries(&r, err);
    }
    for (size_t i = 0; i < sizeof r.part / sizeof r.part[0]; i++) {
        att_buf_drop(&r.part[i]);
    }
    att_buf_drop(&r.comment);
    return code;
}

const char *att_po_field(att_arena *arena, const att_po *po, const char *name)
{
    size_t n = strlen(name);
    const char *line = po->head;

    while (line[0] != '\0') {
        size_t end = strcspn(line, "\n");

        if (strncmp(line, name, n) == 0 && line[n] == ':') {
            size_t from = n + 1 + strspn(line + n + 1, " \t");

            while (end > from && strchr(" \t\r", line[end - 1]) != NULL) {
                end--;
            }
            return end > from ? att_arena_text_n(arena, line + from, end - from) : "";
        }
        line += end + (line[end] == '\n' ? 1 : 0);
    }
    return "";
}

/* ---- writing ---- */

static void add_quoted(att_buf *out, const char *text, size_t n)
{
    static const char from[] = "\n\t\r\"\\\a\b\f\v";
    static const char to[] = "ntr\"\\abfv";

    att_buf_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        const char *known = strchr(from, text[i]);

        if (known != NULL) {
            att_buf_char(out, '\\');
            att_buf_char(out, to[known - from]);
        } else if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) {
            att_buf_format(out, "\\%03o", (unsigned)(unsigned char)text[i]);
        } else {
            att_buf_char(out, text[i]);
        }
    }
    att_buf_add(out, "\"\n");
}

/* A text of several lines stands below its keyword, one string a line. */
static void add_string(att_buf *out, const char *keyword, const char *text)
{
    size_t first = strcspn(text, "\n");

    att_buf_format(out, "%s ", keyword);
    if (text[first] == '\0') {
        add_quoted(out, text, first);
        return;
    }
    att_buf_add(out, "\"\"\n");
    while (text[0] != '\0') {
        size_t n = strcspn(text, "\n");

        n += text[n] == '\n' ? 1 : 0;
        add_quoted(out, text, n);
        text += n;
    }
}

static void add_comment(att_buf *out, const char *comment)
{
    while (comment[0] != '\0') {
        size_t n = strcspn(comment, "\n");

        att_buf_add(out, "#. ");
        att_buf_add_n(out, comment, n);
        att_buf_char(out, '\n');
        comment += n + (comment[n] == '\n' ? 1 : 0);
    }
}

void att_po_write(att_buf *out, const att_po *po)
{
    add_string(out, "msgid", "");
    add_string(out, "msgstr", po->head);
    for (size_t i = 0; i < po->n; i++) {
        const att_po_entry *e = &po->list[i];

        att_buf_char(out, '\n');
        add_comment(out, e->comment);
        att_buf_add(out, e->is_fuzzy ? "#, fuzzy\n" : "");
        if (e->context != NULL) {
            add_string(out, "msgctxt", e->context);
        }
        add_string(out, "msgid", e->source);
        add_string(out, "msgstr", e->text);
    }
}
