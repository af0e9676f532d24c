#include "pattern.h"

#include <string.h>

typedef enum step_kind {
    STEP_CHAR = 0, /* this character */
    STEP_ANY,      /* any character */
    STEP_CLASS,    /* one of the ranges, or none of them */
    STEP_SPLIT,    /* go on at x and at y */
    STEP_JUMP,     /* go on at x */
    STEP_DONE
} step_kind;

typedef struct range {
    unsigned low, high;
} range;

typedef struct class_set {
    range *list; /* [n] */
    size_t n, room;
    bool is_negated;
} class_set;

typedef struct step {
    step_kind kind;
    unsigned character;
    int x, y; /* from here, so that a piece of program can be copied */
    const class_set *set;
} step;

struct att_pattern {
    step *steps; /* [n] */
    size_t n;
};

typedef struct reader {
    att_arena *arena;
    const char *text;
    size_t at;
    int depth;
    step steps[ATT_PATTERN_MAX];
    size_t n;
    att_pattern_fault *fault;
    bool failed;
} reader;

static void fail(reader *r, size_t at, const char *what)
{
    if (!r->failed) {
        r->failed = true;
        r->fault->at = at;
        r->fault->what = what;
    }
}

/* The character at p; *n gets its bytes. What is not UTF-8 counts as single bytes. */
static unsigned decode(const char *p, size_t *n)
{
    const unsigned char *u = (const unsigned char *)p;
    size_t length = u[0] < 0x80 ? 1 : u[0] >= 0xf0 ? 4 : u[0] >= 0xe0 ? 3 : 2;
    unsigned c = length == 1 ? u[0] : u[0] & (0xffU >> (length + 1));

    *n = 1;
    if (u[0] >= 0x80 && u[0] < 0xc0) {
        return u[0];
    }
    for (size_t i = 1; i < length; i++) {
        if ((u[i] & 0xc0) != 0x80) {
            return u[0];
        }
        c = c << 6 | (u[i] & 0x3fU);
    }
    *n = length;
    return c;
}

static void add(reader *r, step one)
{
    if (r->n >= ATT_PATTERN_MAX - 1) {
        fail(r, r->at, "the pattern is too long");
        return;
    }
    r->steps[r->n++] = one;
}

/* Puts a step before the piece that begins at `from`. */
static void insert(reader *r, size_t from, step one)
{
    add(r, one);
    if (r->failed) {
        return;
    }
    memmove(&r->steps[from + 1], &r->steps[from], (r->n - 1 - from) * sizeof(step));
    r->steps[from] = one;
}

static void add_range(reader *r, class_set *set, unsigned low, unsigned high)
{
    if (set->n == set->room) {
        size_t room = set->room == 0 ? 8 : set->room * 2;
        range *list = att_new_n(r->arena, range, room);
        if (set->n > 0) {
            memcpy(list, set->list, set->n * sizeof *list);
        }
        set->list = list;
        set->room = room;
    }
    set->list[set->n++] = (range){ low, high };
}

/* \d \w \s; false for any other letter. */
static bool add_named(reader *r, class_set *set, char name)
{
    switch (name) {
    case 'd': add_range(r, set, '0', '9'); return true;
    case 'w':
        add_range(r, set, '0', '9');
        add_range(r, set, 'A', 'Z');
        add_range(r, set, 'a', 'z');
        add_range(r, set, '_', '_');
        return true;
    case 's':
        add_range(r, set, '\t', '\r');
        add_range(r, set, ' ', ' ');
        return true;
    default: return false;
    }
}

static bool is_mark(char c)
{
    return c > ' ' && c < 0x7f && strchr("\\.[](){}|*+?^$-/", c) != NULL;
}

/* One character of a class, escapes read; named classes are added, *is_named true. */
static unsigned read_member(reader *r, class_set *set, bool *is_named)
{
    const char *p = r->text + r->at;
    size_t n = 1;
    unsigned c;

    *is_named = false;
    if (*p == '\\') {
        if (add_named(r, set, p[1])) {
            *is_named = true;
            r->at += 2;
            return 0;
        }
        if (!is_mark(p[1])) {
            fail(r, r->at, "only \\d \\w \\s and escaped marks may follow a backslash");
            return 0;
        }
        r->at += 2;
        return (unsigned char)p[1];
    }
    c = decode(p, &n);
    r->at += n;
    return c;
}

static void read_class(reader *r)
{
    class_set *set = att_new(r->arena, class_set);
    size_t start = r->at++;

    if (r->text[r->at] == '^') {
        set->is_negated = true;
        r->at++;
    }
    while (!r->failed && r->text[r->at] != ']') {
        bool is_named = false;
        unsigned low;
        unsigned high;
        if (r->text[r->at] == '\0') {
            fail(r, start, "a class has no end \"]\"");
            return;
        }
        low = high = read_member(r, set, &is_named);
        if (is_named || r->failed) {
            continue;
        }
        if (r->text[r->at] == '-' && r->text[r->at + 1] != ']' &&
            r->text[r->at + 1] != '\0') {
            r->at++;
            high = read_member(r, set, &is_named);
        }
        if (is_named || high < low) {
            fail(r, start, "a range in a class runs backwards");
            return;
        }
        add_range(r, set, low, high);
    }
    r->at++;
    if (set->n == 0) {
        fail(r, start, "a class is empty");
    }
    add(r, (step){ .kind = STEP_CLASS, .set = set });
}

static void read_escape(reader *r)
{
    class_set *set = att_new(r->arena, class_set);
    bool is_named = false;
    unsigned c = read_member(r, set, &is_named);

    if (is_named) {
        add(r, (step){ .kind = STEP_CLASS, .set = set });
    } else {
        add(r, (step){ .kind = STEP_CHAR, .character = c });
    }
}

static void read_either(reader *r);

static void read_group(reader *r)
{
    size_t start = r->at++;

    if (++r->depth > ATT_PATTERN_DEPTH) {
        fail(r, start, "parentheses are nested too deep");
        return;
    }
    read_either(r);
    if (r->text[r->at] != ')') {
        fail(r, start, "a parenthesis is not closed");
        return;
    }
    r->at++;
    r->depth--;
}

static void read_atom(reader *r)
{
    char c = r->text[r->at];
    size_t n = 1;

    switch (c) {
    case '(': read_group(r); return;
    case '[': read_class(r); return;
    case '\\': read_escape(r); return;
    case '.':
        add(r, (step){ .kind = STEP_ANY });
        r->at++;
        return;
    case '*':
    case '+':
    case '?':
    case '{': fail(r, r->at, "nothing stands before a repetition"); return;
    case '}':
    case ']': fail(r, r->at, "a bracket is closed that was not opened"); return;
    case '^':
    case '$':
        fail(r, r->at, "a pattern always matches the whole text: leave out ^ and $");
        return;
    default:
        add(r, (step){ .kind = STEP_CHAR, .character = decode(r->text + r->at, &n) });
        r->at += n;
        return;
    }
}

static void repeat_any(reader *r, size_t from) /* * */
{
    int length = (int)(r->n - from);

    insert(r, from, (step){ .kind = STEP_SPLIT, .x = 1, .y = length + 2 });
    add(r, (step){ .kind = STEP_JUMP, .x = -(length + 1) });
}

static void repeat_maybe(reader *r, size_t from) /* ? */
{
    int length = (int)(r->n - from);

    insert(r, from, (step){ .kind = STEP_SPLIT, .x = 1, .y = length + 1 });
}

/* A copy of the piece [from, from + length) at the end; where it begins. */
static size_t copy_piece(reader *r, size_t from, size_t length)
{
    size_t start = r->n;

    for (size_t i = 0; i < length && !r->failed; i++) {
        add(r, r->steps[from + i]);
    }
    return start;
}

static bool read_count(reader *r, size_t *out)
{
    size_t n = 0;
    size_t digits = 0;

    while (r->text[r->at] >= '0' && r->text[r->at] <= '9' && digits < 4) {
        n = n * 10 + (size_t)(r->text[r->at] - '0');
        r->at++;
        digits++;
    }
    *out = n;
    return digits > 0 && n <= 1000;
}

/* The piece from..end, least to most times; most 0 with is_open: any number. */
static void repeat_between(reader *r, size_t from, size_t least, size_t most,
                           bool is_open)
{
    size_t length = r->n - from;
    att_arena scratch = { 0 };
    step *piece = att_new_n(&scratch, step, length);

    memcpy(piece, &r->steps[from], length * sizeof *piece);
    if (least == 0) {
        r->n = from;
    }
    for (size_t i = 1; i < least && !r->failed; i++) {
        (void)copy_piece(r, from, length);
    }
    for (size_t i = least; (i < most || is_open) && !r->failed; i++) {
        size_t start = r->n;
        for (size_t j = 0; j < length; j++) {
            add(r, piece[j]);
        }
        if (is_open) {
            repeat_any(r, start);
            break;
        }
        repeat_maybe(r, start);
    }
    att_arena_drop(&scratch);
}

static void read_braces(reader *r, size_t from)
{
    size_t start = r->at++;
    size_t least = 0;
    size_t most = 0;
    bool is_open = false;
    bool is_good = read_count(r, &least);

    most = least;
    if (is_good && r->text[r->at] == ',') {
        r->at++;
        if (r->text[r->at] == '}') {
            is_open = true;
        } else {
            is_good = read_count(r, &most);
        }
    }
    if (!is_good || r->text[r->at] != '}' || (!is_open && most < least)) {
        fail(r, start, "a repetition is written {2}, {2,} or {2,5}");
        return;
    }
    r->at++;
    repeat_between(r, from, least, most, is_open);
}

static void read_piece(reader *r)
{
    size_t from = r->n;
    char c;

    read_atom(r);
    c = r->text[r->at];
    if (r->failed) {
        return;
    }
    if (c == '{') {
        read_braces(r, from);
    } else if (c == '*') {
        r->at++;
        repeat_any(r, from);
    } else if (c == '?') {
        r->at++;
        repeat_maybe(r, from);
    } else if (c == '+') {
        r->at++;
        add(r, (step){ .kind = STEP_SPLIT, .x = -(int)(r->n - from), .y = 1 });
    }
}

static void read_either(reader *r)
{
    size_t from = r->n;

    while (!r->failed && r->text[r->at] != '\0' && r->text[r->at] != ')') {
        if (r->text[r->at] == '|') {
            size_t jump;
            int length = (int)(r->n - from);
            r->at++;
            insert(r, from, (step){ .kind = STEP_SPLIT, .x = 1, .y = length + 2 });
            jump = r->n;
            add(r, (step){ .kind = STEP_JUMP });
            if (++r->depth > ATT_PATTERN_DEPTH) {
                fail(r, r->at, "too many alternatives");
                return;
            }
            read_either(r);
            r->depth--;
            if (!r->failed) {
                r->steps[jump].x = (int)(r->n - jump);
            }
            return;
        }
        read_piece(r);
    }
}

att_pattern *att_pattern_read(att_arena *arena, const char *text,
                              att_pattern_fault *fault)
{
    att_arena scratch = { 0 };
    reader *r = att_new(&scratch, reader);
    att_pattern *pattern = NULL;

    r->arena = arena;
    r->text = text;
    r->fault = fault;
    read_either(r);
    if (!r->failed && text[r->at] == ')') {
        fail(r, r->at, "a bracket is closed that was not opened");
    }
    if (!r->failed) {
        r->steps[r->n++] = (step){ .kind = STEP_DONE };
        pattern = att_new(arena, att_pattern);
        pattern->steps = att_new_n(arena, step, r->n);
        memcpy(pattern->steps, r->steps, r->n * sizeof(step));
        pattern->n = r->n;
    }
    att_arena_drop(&scratch);
    return pattern;
}

/* The states that the machine is in. */
typedef struct states {
    size_t *list; /* [n] */
    size_t n;
    unsigned *seen; /* [steps] the round in which a step was added last */
} states;

/* Adds a step and all that is reached from it without a character. */
static void enter(const att_pattern *pattern, states *to, size_t *stack, size_t at,
                  unsigned turn)
{
    size_t n = 0;

    stack[n++] = at;
    while (n > 0) {
        size_t i = stack[--n];
        const step *one = &pattern->steps[i];
        if (to->seen[i] == turn) {
            continue;
        }
        to->seen[i] = turn;
        if (one->kind == STEP_SPLIT) {
            stack[n++] = (size_t)((long)i + one->y);
        }
        if (one->kind == STEP_SPLIT || one->kind == STEP_JUMP) {
            stack[n++] = (size_t)((long)i + one->x);
        } else {
            to->list[to->n++] = i;
        }
    }
}

static bool takes(const step *one, unsigned c)
{
    if (one->kind == STEP_CHAR) {
        return one->character == c;
    }
    if (one->kind == STEP_CLASS) {
        for (size_t i = 0; i < one->set->n; i++) {
            if (c >= one->set->list[i].low && c <= one->set->list[i].high) {
                return !one->set->is_negated;
            }
        }
        return one->set->is_negated;
    }
    return one->kind == STEP_ANY;
}

bool att_pattern_matches(att_arena *scratch, const att_pattern *pattern,
                         const char *text)
{
    size_t *stack = att_new_n(scratch, size_t, pattern->n * 2 + 2);
    states now = { 0 };
    unsigned turn = 1;

    now.list = att_new_n(scratch, size_t, pattern->n);
    now.seen = att_new_n(scratch, unsigned, pattern->n);
    size_t *next = att_new_n(scratch, size_t, pattern->n);
    enter(pattern, &now, stack, 0, turn);
    while (*text != '\0' && now.n > 0) {
        size_t n = 0;
        unsigned c = decode(text, &n);
        size_t *old = now.list;
        size_t n_old = now.n;
        text += n;
        turn++;
        now.list = next;
        now.n = 0;
        for (size_t i = 0; i < n_old; i++) {
            if (takes(&pattern->steps[old[i]], c)) {
                enter(pattern, &now, stack, old[i] + 1, turn);
            }
        }
        next = old;
    }
    for (size_t i = 0; i < now.n; i++) {
        if (pattern->steps[now.list[i]].kind == STEP_DONE) {
            return *text == '\0';
        }
    }
    return false;
}
