/* guard.h - cells that a spreadsheet would take for a formula
 *
 * A text cell that begins with = + - @ tab or CR gets a leading apostrophe, and so does
 * one that begins with apostrophes before such a character, so that taking one off
 * gives every text back.
 */
#ifndef ATTUNE_DATA_GUARD_H
#define ATTUNE_DATA_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool att_guard_is_risky(const char *text, size_t n)
{
    size_t i = 0;

    while (i < n && text[i] == '\'') {
        i++;
    }
    return i < n && text[i] != '\0' && strchr("=+-@\t\r", text[i]) != NULL;
}

#endif
