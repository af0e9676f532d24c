/* repeat.c - how long a command takes, as a new process each time
 *
 *   repeat NAME TIMES GOAL_MS COMMAND ARGUMENT...
 *
 * Runs the command once to warm the file cache, then TIMES times, its output thrown
 * away. GOAL_MS is for the median; 0 means none. Ends with 1 when the command fails.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

/* Runs argv once; the time in ms, or -1 when it did not end with status 0. */
static double run_once(char **argv)
{
    double start = bench_now();
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);

        dup2(nowhere, STDIN_FILENO);
        dup2(nowhere, STDOUT_FILENO);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        return -1.0;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? bench_now() - start : -1.0;
}

int main(int argc, char **argv)
{
    long times = argc > 4 ? strtol(argv[2], NULL, 10) : 0;
    double *ms;

    if (times < 1 || times > 100000) {
        fprintf(stderr, "usage: repeat NAME TIMES GOAL_MS COMMAND ARGUMENT...\n");
        return 2;
    }
    ms = calloc((size_t)times, sizeof *ms);
    if (ms == NULL || run_once(argv + 4) < 0.0) {
        fprintf(stderr, "repeat: %s failed\n", argv[4]);
        free(ms);
        return 1;
    }
    for (long i = 0; i < times; i++) {
        ms[i] = run_once(argv + 4);
        if (ms[i] < 0.0) {
            fprintf(stderr, "repeat: %s failed\n", argv[4]);
            free(ms);
            return 1;
        }
    }
    bench_report(argv[1], ms, (size_t)times, strtod(argv[3], NULL), 0);
    free(ms);
    return 0;
}
