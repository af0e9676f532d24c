/* machine.h - this machine: versions, file systems
 */
#ifndef ATTUNE_CLI_MACHINE_H
#define ATTUNE_CLI_MACHINE_H

#include <stdbool.h>

#include <attune/base/arena.h>

/* "0.1.0, SQLite 3.40.1, curl 7.88.1, GSL 2.7.1, jansson 2.14": as linked at run time. */
const char *att_machine_versions(att_arena *arena);

/* Whether a path lies on a network file system (NFS, SMB, FUSE over ssh, ...), by
 * /proc/self/mountinfo; false when that cannot be read. */
bool att_machine_is_network(const char *path);

#endif
