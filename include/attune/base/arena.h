/* arena.h - memory that dies together
 *
 * What:   blocks that are handed out one after the other and freed at once. Values
 *         live in arenas and have no free function of their own.
 * Start:  att_arena a = { 0 }; no call needed.
 * Memory: out of memory ends the program with a message and status 8; input cannot
 *         cause it, since every reader has limits.
 */
#ifndef ATTUNE_BASE_ARENA_H
#define ATTUNE_BASE_ARENA_H

#include <stddef.h>

typedef struct att_arena {
    struct att_block *head; /* the block in use; older ones follow */
} att_arena;

typedef struct att_arena_mark {
    struct att_block *head;
    size_t used;
} att_arena_mark;

/* size bytes, zeroed, aligned for any type. Never NULL; size 0 gives a pointer
 * that must not be read. */
void *att_arena_alloc(att_arena *arena, size_t size);

/* n things of size bytes each, zeroed; a product that overflows ends the program. */
void *att_arena_array(att_arena *arena, size_t n, size_t size);

#define att_new(arena, type)      ((type *)att_arena_alloc((arena), sizeof(type)))
#define att_new_n(arena, type, n) ((type *)att_arena_array((arena), (n), sizeof(type)))

/* A copy of text; of the first n bytes of text; of a formatted text. */
char *att_arena_text(att_arena *arena, const char *text);
char *att_arena_text_n(att_arena *arena, const char *text, size_t n);
char *att_arena_format(att_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Takes over a block that came from att_memory_grow; it is freed with the arena. */
void att_arena_adopt(att_arena *arena, void *block);

/* Remembers a state and goes back to it, freeing what came after. Blocks adopted in
 * between are freed too. */
att_arena_mark att_arena_mark_now(const att_arena *arena);
void att_arena_rewind(att_arena *arena, att_arena_mark mark);

/* Frees everything. The arena may be used again. */
void att_arena_drop(att_arena *arena);

/* The only ways to the heap outside arenas, for growing things and handles. grow
 * gives room for n things of size bytes, keeping what block held (NULL: a new
 * block); added memory is not zeroed. free(NULL) is fine. */
void *att_memory_grow(void *block, size_t n, size_t size);
void att_memory_free(void *block);

#endif
