/* fuzz_main.c - main for a fuzzer without an engine: replays files
 *
 * Each argument is a file whose bytes go through the fuzzer once, after an empty input.
 * The last line says how many there were; the runner compares it.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of a file, in a block of exactly their size so that a sanitizer sees the
 * first byte too many. NULL if it cannot be read. */
static uint8_t *read_whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long n = -1;

    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        n = ftell(file);
    }
    if (n >= 0) {
        rewind(file);
        bytes = malloc(n > 0 ? (size_t)n : 1);
    }
    if (bytes != NULL && fread(bytes, 1, (size_t)n, file) != (size_t)n) {
        free(bytes);
        bytes = NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    *size = n > 0 ? (size_t)n : 0;
    return bytes;
}

int main(int argc, char **argv)
{
    const uint8_t nothing[1] = { 0 };

    LLVMFuzzerTestOneInput(nothing, 0);
    for (int i = 1; i < argc; i++) {
        size_t size;
        uint8_t *bytes = read_whole(argv[i], &size);

        if (bytes == NULL) {
            fprintf(stderr, "cannot read %s\n", argv[i]);
            return 1;
        }
        fprintf(stderr, "%s\n", argv[i]);
        LLVMFuzzerTestOneInput(bytes, size);
        free(bytes);
    }
    printf("replayed %d\n", argc - 1);
    return 0;
}
