/* make_large.c - instruments of any size; see the header */
#include "make_large.h"

#include <stdio.h>
#include <stdlib.h>

static void write_head(FILE *out, const char *id)
{
    fprintf(out, "{\n  \"format\": \"instrument/1\",\n  \"id\": \"%s\",\n", id);
    fputs(
        "  \"version\": \"1.0.0\",\n  \"title\": { \"en\": \"Large\" },\n"
        "  \"purpose\": { \"en\": \"Made for measuring.\" },\n"
        "  \"languages\": { \"default\": \"en\", \"list\": [{ \"tag\": \"en\" }] },\n"
        "  \"provenance\": {\n    \"authors\": [{ \"name\": \"Nobody\" }],\n"
        "    \"licence\": \"CC0-1.0\",\n    \"citation\": \"None.\",\n"
        "    \"status\": \"draft\"\n  },\n"
        "  \"missing\": {\n    \"range\": [-10, -4],\n    \"codes\": [\n"
        "      { \"code\": -10, \"reason\": \"not_reached\" },\n"
        "      { \"code\": -9, \"reason\": \"skipped\" },\n"
        "      { \"code\": -8, \"reason\": \"refused\", \"offer\": true,\n"
        "        \"text\": { \"en\": \"Prefer not to say\" } },\n"
        "      { \"code\": -5, \"reason\": \"not_asked\" }\n    ]\n  },\n"
        "  \"choices\": {\n    \"agree5\": [\n"
        "      { \"code\": 1, \"text\": { \"en\": \"Strongly disagree\" } },\n"
        "      { \"code\": 2, \"text\": { \"en\": \"Disagree\" } },\n"
        "      { \"code\": 3, \"text\": { \"en\": \"Not sure\" } },\n"
        "      { \"code\": 4, \"text\": { \"en\": \"Agree\" } },\n"
        "      { \"code\": 5, \"text\": { \"en\": \"Strongly agree\" } }\n    ]\n  },\n",
        out);
}

static void write_items(FILE *out, size_t n)
{
    fputs("  \"items\": [\n", out);
    for (size_t i = 0; i < n; i++) {
        if (i % 10 == 0) {
            fprintf(out,
                    "    {\n      \"id\": \"p%zu\",\n      \"kind\": \"group\",\n"
                    "      \"text\": { \"en\": \"How much do you agree?\" },\n"
                    "      \"items\": [\n",
                    i / 10);
        }
        fprintf(out,
                "        { \"id\": \"q%zu\", \"kind\": \"one\", \"choices\": "
                "\"agree5\",\n",
                i);
        if (i % 10 == 9) {
            fprintf(out, "          \"show\": \"coalesce(q%zu, 1) < 5\",\n", i - 9);
        }
        fprintf(
            out,
            "          \"text\": { \"en\": \"Statement %zu of a long list about "
            "working together and what helps people most, in words of usual length.\" } }%s\n",
            i + 1, i % 10 == 9 || i + 1 == n ? "" : ",");
        if (i % 10 == 9 || i + 1 == n) {
            fprintf(out, "      ]\n    }%s\n", i + 1 == n ? "" : ",");
        }
    }
    fputs("  ],\n", out);
}

static void write_scales(FILE *out, size_t n)
{
    fputs("  \"scales\": [\n", out);
    for (size_t s = 0; s < n / 100; s++) {
        fprintf(out,
                "    { \"id\": \"s%zu\", \"title\": { \"en\": \"Scale %zu\" }, "
                "\"model\": \"reflective\", \"referent\": \"self\", \"score\": "
                "\"mean\", \"range\": [1, 5],\n      \"items\": [",
                s, s + 1);
        for (size_t k = 0; k < 100; k++) {
            fprintf(out, "%s\"q%zu\"", k == 0 ? "" : ", ", s * 100 + k);
        }
        fprintf(out, "] }%s\n", s + 1 == n / 100 ? "" : ",");
    }
    fputs("  ]\n}\n", out);
}

size_t make_large(const char *path, size_t n)
{
    FILE *out = fopen(path, "wb");
    long size = 0;

    if (out != NULL) {
        write_head(out, "large");
        write_items(out, n);
        write_scales(out, n);
        size = ftell(out);
    }
    if (out == NULL || fclose(out) != 0 || size <= 0) {
        fprintf(stderr, "bench: cannot write %s\n", path);
        exit(1);
    }
    return (size_t)size;
}

void make_roster(const char *path, size_t n_entries, size_t n_questions)
{
    FILE *out = fopen(path, "wb");

    if (out == NULL) {
        fprintf(stderr, "bench: cannot write %s\n", path);
        exit(1);
    }
    write_head(out, "roster");
    fprintf(
        out,
        "  \"items\": [{ \"id\": \"people\", \"kind\": \"roster\", \"count\": %zu,\n"
        "    \"text\": \"Think of each person in turn.\", \"items\": [\n",
        n_entries);
    for (size_t i = 0; i < n_questions; i++) {
        fprintf(
            out,
            "      { \"id\": \"q%zu\", \"kind\": \"one\", \"choices\": \"agree5\"%s, "
            "\"text\": \"Statement %zu.\" }%s\n",
            i, i == n_questions - 1 ? ", \"show\": \"q0 >= 2\"" : "", i + 1,
            i + 1 == n_questions ? "" : ",");
    }
    fputs(
        "    ] }],\n  \"derived\": [\n"
        "    { \"id\": \"all\", \"title\": \"All\", \"value\": \"sum(people.q0)\" },\n"
        "    { \"id\": \"high\", \"title\": \"High\", \"value\": "
        "\"count(people.q1 >= 4)\" }\n  ]\n}\n",
        out);
    if (fclose(out) != 0) {
        fprintf(stderr, "bench: cannot write %s\n", path);
        exit(1);
    }
}
