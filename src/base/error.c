#include <attune/base/error.h>

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include <attune/base/buf.h>
#include <attune/base/text.h>

/* Copies text into room bytes, cut at a character's end. What people or files gave may
 * be in it, so it is made safe for a terminal, and one line. */
static void keep(char *out, size_t room, const char *text)
{
    att_buf tame = { 0 };
    size_t n = 0;

    att_text_tame(&tame, text);
    n = tame.n;
    if (n >= room) {
        n = room - 1;
        while (n > 0 && ((unsigned char)tame.bytes[n] & 0xC0) == 0x80) {
            n--;
        }
    }
    memcpy(out, att_buf_text(&tame), n);
    out[n] = '\0';
    for (char *p = out; *p != '\0'; p++) {
        if (*p == '\n') {
            *p = '?';
        }
    }
    att_buf_drop(&tame);
}

static void keep_format(char *out, size_t room, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void keep_format(char *out, size_t room, const char *format, va_list args)
{
    att_buf text = { 0 };

    att_buf_vformat(&text, format, args);
    keep(out, room, att_buf_text(&text));
    att_buf_drop(&text);
}

att_code att_fail(att_err *err, att_code code, const char *format, ...)
{
    va_list args;

    assert(code != ATT_OK);
    if (err == NULL || err->code != ATT_OK) {
        return code;
    }
    va_start(args, format);
    keep_format(err->message, sizeof err->message, format, args);
    va_end(args);
    err->code = code;
    err->hint[0] = '\0';
    err->where = (att_where){ 0 };
    return code;
}

att_code att_hint(att_err *err, const char *format, ...)
{
    va_list args;

    if (err == NULL) {
        return ATT_EBUG;
    }
    if (err->code == ATT_OK || err->hint[0] != '\0') {
        return err->code;
    }
    va_start(args, format);
    keep_format(err->hint, sizeof err->hint, format, args);
    va_end(args);
    return err->code;
}

att_code att_at(att_err *err, const char *file, unsigned line, unsigned column,
                const char *pointer)
{
    att_where *where = NULL;

    if (err == NULL) {
        return ATT_EBUG;
    }
    where = &err->where;
    if (err->code == ATT_OK || where->file[0] != '\0' || where->pointer[0] != '\0' ||
        where->line != 0) {
        return err->code;
    }
    keep(where->file, sizeof where->file, file != NULL ? file : "");
    keep(where->pointer, sizeof where->pointer, pointer != NULL ? pointer : "");
    where->line = line;
    where->column = column;
    return err->code;
}

int att_code_exit_status(att_code code)
{
    switch (code) {
    case ATT_OK: return 0;
    case ATT_EUSAGE: return 2;
    case ATT_EINPUT:
    case ATT_ENOTFOUND:
    case ATT_ELIMIT: return 3;
    case ATT_EAUTH: return 4;
    case ATT_ECONFLICT: return 5;
    case ATT_EBUSY: return 6;
    case ATT_ENET: return 7;
    case ATT_EIO:
    case ATT_ESTORE:
    case ATT_EBUG: break;
    }
    return 8;
}
