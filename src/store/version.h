/* version.h - which version is newer
 */
#ifndef ATTUNE_SRC_STORE_VERSION_H
#define ATTUNE_SRC_STORE_VERSION_H

/* Order of two versions after Semantic Versioning 2.0.0, clause 11: below 0, 0, or
 * above 0. What is no such version compares by its parts all the same. */
int att_version_order(const char *a, const char *b);

#endif
