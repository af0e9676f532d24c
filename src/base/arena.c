#include <attune/base/arena.h>

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_SMALLEST = 4096, BLOCK_LARGEST = 1 << 20 };

/* A block that came from outside; the record lies in the arena itself. */
struct adopted {
    struct adopted *older;
    void *block;
};

struct att_block {
    struct att_block *older;
    struct adopted *adopted; /* records that lie in this block, newest first */
    size_t room, used;
    max_align_t bytes[];
};

/* Input cannot bring us here: every reader has limits. Status 8 is "this machine
 * failed". */
static void die(const char *why)
{
    static const char program[] = "attune: ";

    (void)!write(STDERR_FILENO, program, sizeof program - 1);
    (void)!write(STDERR_FILENO, why, strlen(why));
    (void)!write(STDERR_FILENO, "\n", 1);
    exit(8);
}

static size_t times(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size) {
        die("a size is larger than memory can be");
    }
    return n * size;
}

static size_t aligned(size_t size)
{
    size_t step = _Alignof(max_align_t);

    if (size > SIZE_MAX - step) {
        die("a size is larger than memory can be");
    }
    return (size + step - 1) / step * step;
}

static void push_block(att_arena *arena, size_t size)
{
    size_t room = BLOCK_SMALLEST;
    struct att_block *block = NULL;

    if (arena->head != NULL && arena->head->room >= BLOCK_SMALLEST) {
        room = arena->head->room < BLOCK_LARGEST / 2 ? arena->head->room * 2
                                                     : BLOCK_LARGEST;
    }
    if (room < size) {
        room = size;
    }
    if (room > SIZE_MAX - sizeof *block) {
        die("a size is larger than memory can be");
    }
    block = malloc(sizeof *block + room);
    if (block == NULL) {
        die("out of memory");
    }
    block->older = arena->head;
    block->adopted = NULL;
    block->room = room;
    block->used = 0;
    arena->head = block;
}

void *att_arena_alloc(att_arena *arena, size_t size)
{
    size_t need = aligned(size > 0 ? size : 1);
    struct att_block *head = arena->head;
    char *p = NULL;

    if (head == NULL || head->room - head->used < need) {
        push_block(arena, need);
        head = arena->head;
    }
    p = (char *)head->bytes + head->used;
    head->used += need;
    return memset(p, 0, need);
}

void *att_arena_array(att_arena *arena, size_t n, size_t size)
{
    return att_arena_alloc(arena, times(n, size));
}

char *att_arena_text_n(att_arena *arena, const char *text, size_t n)
{
    char *copy = NULL;

    if (n == SIZE_MAX) {
        die("a size is larger than memory can be");
    }
    copy = att_arena_alloc(arena, n + 1);
    if (n > 0) {
        memcpy(copy, text, n);
    }
    return copy;
}

char *att_arena_text(att_arena *arena, const char *text)
{
    return att_arena_text_n(arena, text, strlen(text));
}

char *att_arena_format(att_arena *arena, const char *format, ...)
{
    va_list args;
    va_list again;
    char *text = NULL;
    int n = 0;

    va_start(args, format);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    text = att_arena_alloc(arena, (size_t)n + 1);
    (void)vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

void att_arena_adopt(att_arena *arena, void *block)
{
    struct adopted *record = NULL;

    if (block == NULL) {
        return;
    }
    record = att_new(arena, struct adopted);
    record->block = block;
    record->older = arena->head->adopted;
    arena->head->adopted = record;
}

att_arena_mark att_arena_mark_now(const att_arena *arena)
{
    return (att_arena_mark){ .head = arena->head,
                             .used = arena->head != NULL ? arena->head->used : 0 };
}

/* Frees what was adopted by records that lie at `used` or after it. */
static void free_adopted(struct att_block *block, size_t used)
{
    const char *first = (const char *)block->bytes + used;

    while (block->adopted != NULL && (const char *)block->adopted >= first) {
        free(block->adopted->block);
        block->adopted = block->adopted->older;
    }
}

void att_arena_rewind(att_arena *arena, att_arena_mark mark)
{
    while (arena->head != mark.head) {
        struct att_block *block = arena->head;

        assert(block != NULL);
        free_adopted(block, 0);
        arena->head = block->older;
        free(block);
    }
    if (mark.head != NULL) {
        assert(mark.used <= mark.head->used);
        free_adopted(mark.head, mark.used);
        mark.head->used = mark.used;
    }
}

void att_arena_drop(att_arena *arena)
{
    att_arena_rewind(arena, (att_arena_mark){ NULL, 0 });
}

void *att_memory_grow(void *block, size_t n, size_t size)
{
    size_t need = times(n, size);
    void *grown = realloc(block, need > 0 ? need : 1);

    if (grown == NULL) {
        die("out of memory");
    }
    return grown;
}

void att_memory_free(void *block)
{
    free(block);
}
