/* att_failures.c - small instruments for the tests of old failures
 */
#include "att_failures.h"

#define HEAD                                                         \
    "{\"format\":\"instrument/1\",\"id\":\"f\",\"version\":\"%s\","  \
    "\"title\":%s,\"languages\":{\"default\":\"en\",\"list\":%s},"   \
    "\"provenance\":{\"licence\":\"CC0-1.0\",\"status\":\"draft\"}," \
    "\"items\":[%s]%s}"

void att_place_instrument(att_place *place, const char *version, const char *items,
                          const char *more)
{
    att_place_write(place, "f.json",
                    att_arena_format(&place->arena, HEAD, version, "\"Small\"",
                                     "[{\"tag\":\"en\"}]", items, more));
    assert_status(att_program_run(place, "add f.json"), 0);
}

void att_place_languages(att_place *place, const char *languages)
{
    att_place_write(
        place, "f.json",
        att_arena_format(&place->arena, HEAD, "1.0.0", "\"Small\"", languages,
                         "{\"id\":\"a\",\"kind\":\"integer\",\"min\":0,\"text\":"
                         "{\"en\":\"A?\",\"es\":\"\xc2\xbf"
                         "A?\"}}",
                         ""));
}

void att_place_answer(att_place *place, const char *options, const char *answers)
{
    att_place_write(place, "answers.json", answers);
    assert_status(
        att_program_runf(place, "run f --ui script --answers answers.json %s", options),
        0);
}
