/* rules.c - the rules of `attune check`, in the order of their codes
 *
 * L001 to L049 and L100 to L199 are errors: what the reader cannot take. The others are
 * warnings: what can be read but will hurt somebody. `attune explain` and the manual show this
 * table; each `before` is tried in tests/unit/instrument/test_rules.c.
 */
#include <attune/instrument/check.h>

#include <string.h>

/* clang-format off */
const att_rule att_rules[] = {
    {
        "L001", ATT_SEVERITY_ERROR,
        "the file is not JSON",
        "An instrument is one JSON value in UTF-8, without a byte order mark, "
        "comments, commas before a closing bracket, or the same key twice in one "
        "object.",
        "{ \"id\": \"pulse\", }",
        "{ \"id\": \"pulse\" }",
    },
    {
        "L002", ATT_SEVERITY_ERROR,
        "a limit is passed",
        "Files are read up to 16 MiB and 64 levels of brackets, with up to 5000 items, "
        "8 containers in each other, 1000 choices in a set, 32 languages, and 1000 "
        "scales, derived values, tokens and variants each. Limits keep a broken file "
        "from filling the memory.",
        "{ \"x-deep\": "
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]"
        "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] }",
        "{ \"x-deep\": [[[]]] }",
    },
    {
        "L003", ATT_SEVERITY_ERROR,
        "a key is not known",
        "A key that nobody reads is most often a slip of the pen, and what it says "
        "would be lost without a word. Keys that begin with \"x-\" are yours: they are "
        "kept and never read.",
        "{ \"id\": \"last\", \"kind\": \"text\", \"tetx\": \"One thing to tell us:\", "
        "\"text\": \"And?\" }",
        "{ \"id\": \"last\", \"kind\": \"text\", \"x-note\": \"asked last\", \"text\": "
        "\"One thing to tell us:\" }",
    },
    {
        "L004", ATT_SEVERITY_ERROR,
        "a value has the wrong type",
        "Each key takes one type of value: a text in quotes, a number without, true or "
        "false, a list in [ ], or an object in { }.",
        "{ \"id\": \"age\", \"kind\": \"integer\", \"min\": \"0\", \"text\": \"How old "
        "are you?\" }",
        "{ \"id\": \"age\", \"kind\": \"integer\", \"min\": 0, \"text\": \"How old are "
        "you?\" }",
    },
    {
        "L005", ATT_SEVERITY_ERROR,
        "a key is missing",
        "Some keys cannot be left out: without an id an answer has no name, without a "
        "text there is no question.",
        "{ \"id\": \"last\", \"kind\": \"text\" }",
        "{ \"id\": \"last\", \"kind\": \"text\", \"text\": \"One thing to tell us:\" }",
    },
    {
        "L006", ATT_SEVERITY_ERROR,
        "a key has no meaning for this kind of item",
        "The key exists, but not for items of this kind, where it would change "
        "nothing.",
        "{ \"id\": \"last\", \"kind\": \"text\", \"max\": 80, \"text\": \"One thing to "
        "tell us:\" }",
        "{ \"id\": \"last\", \"kind\": \"text\", \"max_length\": 80, \"text\": \"One "
        "thing to tell us:\" }",
    },
    {
        "L007", ATT_SEVERITY_ERROR,
        "the format is not known",
        "\"format\" says how the file is to be read. This program reads "
        "\"instrument/1\".",
        "{ \"format\": \"instrument/2\" }",
        "{ \"format\": \"instrument/1\" }",
    },
    {
        "L008", ATT_SEVERITY_ERROR,
        "an id is not well formed",
        "Ids become names of columns, variables and REDCap fields. So they begin with "
        "a small letter, go on with small letters and digits, with single _ between "
        "(in the id of an instrument: single -), and have at most 26 characters.",
        "{ \"id\": \"Trust-1\", \"kind\": \"text\", \"text\": \"Why?\" }",
        "{ \"id\": \"trust_1\", \"kind\": \"text\", \"text\": \"Why?\" }",
    },
    {
        "L009", ATT_SEVERITY_ERROR,
        "an id is a reserved word",
        "The words role, site, wave, language, person, today, now, and, or, not and in "
        "mean something in conditions. An item of that name could not be told from "
        "them.",
        "{ \"id\": \"role\", \"kind\": \"text\", \"text\": \"What do you do?\" }",
        "{ \"id\": \"my_role\", \"kind\": \"text\", \"text\": \"What do you do?\" }",
    },
    {
        "L010", ATT_SEVERITY_ERROR,
        "an id is used twice",
        "Items, scales, derived values and tokens share one set of names, since "
        "conditions and texts name them all. A scale \"trust\" also takes the name "
        "\"trust_100\", its score from 0 to 100.",
        "{ \"id\": \"a\", \"kind\": \"text\", \"text\": \"Why?\" }",
        "{ \"id\": \"a_why\", \"kind\": \"text\", \"text\": \"Why?\" }",
    },
    {
        "L011", ATT_SEVERITY_ERROR,
        "a word is not one of those allowed",
        "Some keys take one of a few words, such as the kind of an item or the model "
        "of a scale.",
        "{ \"id\": \"why\", \"kind\": \"txt\", \"text\": \"Why?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why?\" }",
    },
    {
        "L012", ATT_SEVERITY_ERROR,
        "the version is not well formed",
        "A version is three numbers (1.2.0): the first rises when answers can no "
        "longer be compared, the second when something is added, the third when "
        "wording is mended. Answers are kept with it.",
        "{ \"version\": \"1.2\" }",
        "{ \"version\": \"1.2.0\" }",
    },
    {
        "L013", ATT_SEVERITY_ERROR,
        "the languages do not hold together",
        "\"languages\" lists each language once, by its tag, and names one of them as "
        "the default, in which every text must be written.",
        "{ \"languages\": { \"default\": \"de\", \"list\": [{ \"tag\": \"en\" }] } }",
        "{ \"languages\": { \"default\": \"en\", \"list\": [{ \"tag\": \"en\" }] } }",
    },
    {
        "L014", ATT_SEVERITY_ERROR,
        "a text is in a language that is not declared",
        "Nobody would ever see this text. The direction of writing comes from the "
        "declaration, so it cannot be guessed.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": { \"en\": \"Why?\", \"fr\": "
        "\"Pourquoi ?\" } }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": { \"en\": \"Why?\" } }",
    },
    {
        "L015", ATT_SEVERITY_ERROR,
        "a text is not written in the default language",
        "The default language is shown where a translation is missing, so it must be "
        "complete.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": {} }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": { \"en\": \"Why?\" } }",
    },
    {
        "L016", ATT_SEVERITY_ERROR,
        "a text is empty",
        "An empty text shows as nothing, and cannot be told from one that was "
        "forgotten. A text in a language that is not ready is left out.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why?\" }",
    },
    {
        "L017", ATT_SEVERITY_ERROR,
        "a choice set does not exist",
        "\"choices\" with a text is the name of a set under \"choices\" at the top of "
        "the file.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": \"agre\", \"text\": \"We "
        "wanted the same things.\" }",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": \"agree\", \"text\": \"We "
        "wanted the same things.\" }",
    },
    {
        "L018", ATT_SEVERITY_ERROR,
        "there is nothing to choose",
        "A set needs at least one choice with a code. Reasons for no answer alone "
        "leave nothing to score.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [], \"text\": \"Which one?\" "
        "}",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"This one\" }], \"text\": \"Which one?\" }",
    },
    {
        "L019", ATT_SEVERITY_ERROR,
        "a choice is neither an answer nor a reason, or both",
        "A choice has either a \"code\", which is stored as the answer, or "
        "\"missing\", the name of a reason, which is stored as such and never scored.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"text\": \"No\" }], \"text\": \"Is it so?\" }",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 0, \"text\": \"No\" }], \"text\": \"Is it so?\" }",
    },
    {
        "L020", ATT_SEVERITY_ERROR,
        "an expression cannot be read",
        "Conditions are written like: a = 1 and not (b in (2, 3)). One = compares; "
        "texts stand in single quotes.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"n >> 3\", \"text\": "
        "\"Why?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"n > 3\", \"text\": "
        "\"Why?\" }",
    },
    {
        "L021", ATT_SEVERITY_ERROR,
        "an expression names what does not exist",
        "A name in an expression is the id of an item that asks something, of a scale "
        "or of a derived value, or one of role, site, wave, language, person, today, "
        "now. An unknown name would never hold.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"rol = 'CL'\", \"text\": "
        "\"Why?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"role = 'CL'\", \"text\": "
        "\"Why?\" }",
    },
    {
        "L022", ATT_SEVERITY_ERROR,
        "types do not fit in an expression",
        "Numbers compare with numbers, texts with texts, days with days. A condition "
        "must give true or false, a date's limits a day, a derived value a number.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"n + 1\", \"text\": "
        "\"Why?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"n + 1 > 3\", \"text\": "
        "\"Why?\" }",
    },
    {
        "L023", ATT_SEVERITY_ERROR,
        "a function is unknown or has the wrong number of arguments",
        "The functions and what they take are listed in attune-instrument(5).",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"answred(n)\", \"text\": "
        "\"Why?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"answered(n)\", \"text\": "
        "\"Why?\" }",
    },
    {
        "L024", ATT_SEVERITY_ERROR,
        "conditions go in a circle",
        "Whether an item is asked would depend on itself. Nothing could decide it.",
        "{ \"id\": \"why\", \"kind\": \"integer\", \"min\": 0, \"show\": \"why > 0\", "
        "\"text\": \"How often?\" }",
        "{ \"id\": \"why\", \"kind\": \"integer\", \"min\": 0, \"show\": \"n > 0\", "
        "\"text\": \"How often?\" }",
    },
    {
        "L025", ATT_SEVERITY_ERROR,
        "derived values go in a circle",
        "A derived value would be made from itself.",
        "{ \"id\": \"twice\", \"value\": \"twice + n\" }",
        "{ \"id\": \"twice\", \"value\": \"n + n\" }",
    },
    {
        "L026", ATT_SEVERITY_ERROR,
        "a scale names what cannot be scored",
        "A scale is made of items with one number for an answer: of kind \"one\", "
        "\"integer\", \"decimal\" or \"vas\", rows of grids included.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"e\"] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"] }",
    },
    {
        "L027", ATT_SEVERITY_ERROR,
        "a scale names an item twice",
        "The item would count double. If it should weigh more, say so in a derived "
        "value.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\", \"a\"] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"] }",
    },
    {
        "L028", ATT_SEVERITY_ERROR,
        "a reversed item is not in the scale",
        "\"reverse\" turns round items of this scale; others are not touched, so most "
        "likely a name is wrong.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"reverse\": [\"c\"] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\", \"c\"], \"reverse\": [\"c\"] }",
    },
    {
        "L029", ATT_SEVERITY_ERROR,
        "a scale needs more valid answers than it has items",
        "\"min_valid\" is how many items must be answered before there is a score: "
        "from 1 to the number of items. With more there would never be one.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"min_valid\": 3 }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"min_valid\": 2 }",
    },
    {
        "L030", ATT_SEVERITY_ERROR,
        "the range of a scale is not that of its items",
        "Reversing and the 0 to 100 form need the least and the greatest answer. All "
        "items of a scale must share them, and \"range\", if given, must be the same.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"range\": [0, 4] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"range\": [1, 5] }",
    },
    {
        "L031", ATT_SEVERITY_ERROR,
        "a range is empty",
        "No answer is both at least \"min\" and at most \"max\".",
        "{ \"id\": \"age\", \"kind\": \"integer\", \"min\": 120, \"max\": 0, \"text\": "
        "\"How old are you?\" }",
        "{ \"id\": \"age\", \"kind\": \"integer\", \"min\": 0, \"max\": 120, \"text\": "
        "\"How old are you?\" }",
    },
    {
        "L032", ATT_SEVERITY_ERROR,
        "a code or a reason stands in a set twice",
        "Two choices with one code cannot be told apart once they are stored.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 1, \"text\": \"No\" }], \"text\": \"Is it so?\" }",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 0, \"text\": \"No\" }], \"text\": \"Is it so?\" }",
    },
    {
        "L033", ATT_SEVERITY_ERROR,
        "the missing codes do not hold together",
        "The seven reasons have fixed codes, -10 to -4, in every instrument, so that "
        "data can be put together. The reserved range must hold them all; it may be "
        "wider. Only \"refused\", \"not_applicable\" and \"dont_know\" can be offered.",
        "{ \"code\": -88, \"reason\": \"dont_know\", \"offer\": true }",
        "{ \"code\": -6, \"reason\": \"dont_know\", \"offer\": true }",
    },
    {
        "L034", ATT_SEVERITY_ERROR,
        "a choice code is in the missing range",
        "Codes from -10 to -4 mean that there is no answer (-8: prefer not to say). A "
        "choice with such a code would count as missing in every score. Numbers that "
        "may be typed must keep away from the range as well.",
        "{ \"code\": -8, \"text\": \"Much worse\" }",
        "{ \"code\": -3, \"text\": \"Much worse\" }",
    },
    {
        "L035", ATT_SEVERITY_ERROR,
        "a variant or a token names an item that does not exist",
        "Variants change the words of items, tokens take the answer of one. What they "
        "name must be there.",
        "{ \"when\": \"role = 'CL'\", \"text\": { \"aa\": \"My patients trust me.\" } "
        "}",
        "{ \"when\": \"role = 'CL'\", \"text\": { \"a\": \"My patients trust me.\" } }",
    },
    {
        "L036", ATT_SEVERITY_ERROR,
        "a text names what does not exist",
        "{name} in a text stands for a token, an answer, a score, or one of role, "
        "site, wave, language, person, today. An unknown name would show as it is "
        "written. A brace that is only a brace is written {{.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"How long have you known "
        "{reff}?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why did you say {n}?\" }",
    },
    {
        "L037", ATT_SEVERITY_ERROR,
        "a brace in a text is not closed",
        "\"{\" begins a name and \"}\" ends it. A brace that is only a brace is "
        "written {{.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why did you say {n?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why did you say {n}?\" }",
    },
    {
        "L038", ATT_SEVERITY_ERROR,
        "choices come from where there are none",
        "\"from\" names an earlier item of kind \"many\" or \"one\", whose marked "
        "choices are offered here, or a setting of the study, as in \"study.sites\".",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": { \"from\": \"n\" }, "
        "\"text\": \"Which one most?\" }",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": { \"from\": \"m\" }, "
        "\"text\": \"Which one most?\" }",
    },
    {
        "L039", ATT_SEVERITY_ERROR,
        "anchors are not two texts",
        "Anchors stand at the two ends of a slider: a list of two texts, or such a "
        "list for each language.",
        "{ \"id\": \"v\", \"kind\": \"vas\", \"anchors\": [\"Not at all\"], \"text\": "
        "\"How sure are you?\" }",
        "{ \"id\": \"v\", \"kind\": \"vas\", \"anchors\": [\"Not at all\", "
        "\"Completely\"], \"text\": \"How sure are you?\" }",
    },
    {
        "L040", ATT_SEVERITY_ERROR,
        "a container does not hold what it should",
        "Pages, groups, grids and the instrument itself hold at least one item. The "
        "rows of a grid are all of kind \"one\" and share its choices.",
        "{ \"id\": \"p\", \"kind\": \"page\", \"items\": [] }",
        "{ \"id\": \"p\", \"kind\": \"page\", \"items\": [{ \"id\": \"why\", \"kind\": "
        "\"text\", \"text\": \"Why?\" }] }",
    },
    {
        "L041", ATT_SEVERITY_ERROR,
        "words for a check that is not there",
        "\"check_text\" is said when \"check\" does not hold, \"warn_text\" when "
        "\"warn\" does not. Alone they are never said.",
        "{ \"id\": \"d\", \"kind\": \"integer\", \"min\": 0, \"warn_text\": \"That is "
        "a lot.\", \"text\": \"How often?\" }",
        "{ \"id\": \"d\", \"kind\": \"integer\", \"min\": 0, \"warn\": \". < 32\", "
        "\"warn_text\": \"That is a lot.\", \"text\": \"How often?\" }",
    },
    {
        "L042", ATT_SEVERITY_ERROR,
        "a number is out of bounds",
        "Steps are more than 0, decimals 0 to 15, lengths 1 to 100000, minutes 0 to "
        "1440, codes of choices not more than a million either way, the limits of a "
        "time 00:00 to 23:59.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"max_length\": 0, \"text\": \"Why?\" "
        "}",
        "{ \"id\": \"why\", \"kind\": \"text\", \"max_length\": 80, \"text\": \"Why?\" "
        "}",
    },
    {
        "L043", ATT_SEVERITY_ERROR,
        "a REDCap name is not well formed",
        "REDCap takes small letters, digits and _ in the names of forms and fields, "
        "with a letter first.",
        "{ \"export\": { \"redcap\": { \"form\": \"My Form\" } } }",
        "{ \"export\": { \"redcap\": { \"form\": \"my_form\" } } }",
    },
    {
        "L044", ATT_SEVERITY_ERROR,
        "a token has no text, or two sources",
        "A token takes its text from an item, or from a setting of the study, or from "
        "neither; and has at least one text to fall back on.",
        "{ \"network\": { \"study\": \"network\", \"else\": [] } }",
        "{ \"network\": { \"study\": \"network\", \"else\": [{ \"text\": \"this "
        "network\" }] } }",
    },
    {
        "L045", ATT_SEVERITY_ERROR,
        "a role is not well formed, or named twice",
        "Roles are short codes of letters, digits and _, each named once.",
        "{ \"roles\": [\"PT\", \"care staff\"] }",
        "{ \"roles\": [\"PT\", \"CL\"] }",
    },
    {
        "L046", ATT_SEVERITY_ERROR,
        "this version cannot do that",
        "The format knows it, this program does not yet. To pass over it would change "
        "the measure without a word.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"score\": \"irt\" }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"score\": \"mean\" }",
    },
    {
        "L047", ATT_SEVERITY_ERROR,
        "a day does not exist",
        "Days are written as year, month and day, 2026-09-14.",
        "{ \"tag\": \"es\", \"reviewed\": \"2026-02-30\" }",
        "{ \"tag\": \"es\", \"reviewed\": \"2026-02-28\" }",
    },
    {
        "L048", ATT_SEVERITY_ERROR,
        "a variant changes nothing",
        "A variant names the items whose words it changes, each with its text.",
        "{ \"when\": \"role = 'CL'\", \"text\": {} }",
        "{ \"when\": \"role = 'CL'\", \"text\": { \"a\": \"My patients trust me.\" } }",
    },
    {
        "L049", ATT_SEVERITY_ERROR,
        "there are too many findings",
        "After 500 findings no more are listed. Most often one cause stands behind "
        "them: a set that is gone, or a language that is not declared.",
        "{ \"x-note\": \"a file with more than 500 findings\" }",
        "{ \"x-note\": \"the same with its first cause mended\" }",
    },
    {
        "L050", ATT_SEVERITY_WARNING,
        "a translation is missing",
        "Where a text is not written in a language of the instrument, its default "
        "language is shown. People who read only the other one cannot answer.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": { \"en\": \"Why?\" } }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": { \"en\": \"Why?\", \"es\": "
        "\"¿Por qué?\" } }",
    },
    {
        "L051", ATT_SEVERITY_WARNING,
        "the program does not speak a language",
        "Keys, messages and help come from the program, in the languages that it has "
        "words for. In others they are shown in English around your questions.",
        "{ \"tag\": \"tlh\", \"reviewed\": \"2026-02-28\" }",
        "{ \"tag\": \"es\", \"reviewed\": \"2026-02-28\" }",
    },
    {
        "L052", ATT_SEVERITY_WARNING,
        "a reflective scale has one item",
        "Reliability and structure need several items. A single item is honest under "
        "its own name: \"single\".",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"reflective\", "
        "\"items\": [\"a\"] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"single\", \"items\": "
        "[\"a\"] }",
    },
    {
        "L053", ATT_SEVERITY_WARNING,
        "a choice set is not used",
        "No item names the set. Perhaps one names another in its place.",
        "{ \"yesno\": [{ \"code\": 1, \"text\": \"Yes\" }, { \"code\": 0, \"text\": "
        "\"No\" }] }",
        "{ \"x-yesno\": [{ \"code\": 1, \"text\": \"Yes\" }, { \"code\": 0, \"text\": "
        "\"No\" }] }",
    },
    {
        "L054", ATT_SEVERITY_WARNING,
        "a token is not used",
        "No text names it in braces. Perhaps one spells it otherwise.",
        "{ \"network\": { \"study\": \"network\", \"else\": [{ \"text\": \"this "
        "network\" }] } }",
        "{ \"x-network\": { \"study\": \"network\", \"else\": [{ \"text\": \"this "
        "network\" }] } }",
    },
    {
        "L055", ATT_SEVERITY_WARNING,
        "a condition looks ahead",
        "When the item's turn comes, the later item has no answer, so the condition is "
        "not known and the item is passed over. It would be asked only by going back.",
        "{ \"id\": \"p\", \"kind\": \"page\", \"items\": [{ \"id\": \"d\", \"kind\": "
        "\"text\", \"show\": \"d2 > 0\", \"text\": \"Why?\" }, { \"id\": \"d2\", "
        "\"kind\": \"integer\", \"min\": 0, \"text\": \"How often?\" }] }",
        "{ \"id\": \"p\", \"kind\": \"page\", \"items\": [{ \"id\": \"d2\", \"kind\": "
        "\"integer\", \"min\": 0, \"text\": \"How often?\" }, { \"id\": \"d\", "
        "\"kind\": \"text\", \"show\": \"d2 > 0\", \"text\": \"Why?\" }] }",
    },
    {
        "L056", ATT_SEVERITY_WARNING,
        "a condition turns round an answer that may be missing",
        "Without an answer, \"a != 1\" and \"not (a = 1)\" are neither true nor false, "
        "and what is not known hides. If people who skipped should be asked, say so: "
        "missing(a) or a != 1.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"a != 1\", \"text\": "
        "\"Why?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"missing(a) or a != 1\", "
        "\"text\": \"Why?\" }",
    },
    {
        "L057", ATT_SEVERITY_WARNING,
        "an answer is forced",
        "The item is required hard, and offers no reason such as \"prefer not to "
        "say\". People who cannot answer must make something up or leave.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": \"agree\", \"required\": "
        "\"hard\", \"text\": \"Is it so?\" }",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": \"agree\", \"required\": "
        "\"soft\", \"text\": \"Is it so?\" }",
    },
    {
        "L058", ATT_SEVERITY_WARNING,
        "terminals disagree about the width of a text",
        "Joined emoji, flags and skin tones take two columns in one terminal and six "
        "in the next. Words are read by all.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why? 👍🏽\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why? (thumbs up)\" }",
    },
    {
        "L059", ATT_SEVERITY_WARNING,
        "a text holds control characters",
        "Characters that steer a terminal or turn the direction of writing are shown "
        "as \"?\". Line breaks (\\n) are fine.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why?\\u001b[2J\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Why?\\nSay more.\" }",
    },
    {
        "L060", ATT_SEVERITY_WARNING,
        "a choice is long",
        "On a narrow screen of 40 columns the label takes more than three lines, and a "
        "list of such labels does not fit.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes, more than once a week, alone or together with others, in person or "
        "online, and I would do it again\" }, { \"code\": 0, \"text\": \"No\" }], "
        "\"text\": \"Is it so?\" }",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 0, \"text\": \"No\" }], \"text\": \"Is it so?\" }",
    },
    {
        "L061", ATT_SEVERITY_WARNING,
        "an identifying question does not say what becomes of the answer",
        "People who are asked for what could identify them should be told why, and who "
        "sees it. \"help\" is the place.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"identifying\": true, \"text\": "
        "\"Your initials?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"identifying\": true, \"text\": "
        "\"Your initials?\", \"help\": \"They are kept apart and never sent.\" }",
    },
    {
        "L062", ATT_SEVERITY_WARNING,
        "there is no licence",
        "Others cannot know whether they may use the instrument. Name a licence "
        "(\"CC0-1.0\"), or \"permission required\" with a contact.",
        "{ \"provenance\": { \"authors\": [{ \"name\": \"A. Author\" }] } }",
        "{ \"provenance\": { \"authors\": [{ \"name\": \"A. Author\" }], \"licence\": "
        "\"CC0-1.0\" } }",
    },
    {
        "L063", ATT_SEVERITY_WARNING,
        "a status without evidence",
        "\"structure tested\" and \"validated\" say that data were collected and "
        "looked at. \"evidence\" says which: sample, n, coefficient, interval, date.",
        "{ \"provenance\": { \"licence\": \"CC0-1.0\", \"status\": \"validated\" } }",
        "{ \"provenance\": { \"licence\": \"CC0-1.0\", \"status\": \"draft\" } }",
    },
    {
        "L064", ATT_SEVERITY_WARNING,
        "two choices read the same",
        "People cannot tell them apart, and their codes will be chance.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 0, \"text\": \"Yes\" }], \"text\": \"Is it so?\" }",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 0, \"text\": \"No\" }], \"text\": \"Is it so?\" }",
    },
    {
        "L065", ATT_SEVERITY_WARNING,
        "a name grows too long with its prefix",
        "REDCap advises at most 26 characters for a field, the prefix counted. Longer "
        "ones are cut or refused by other programs.",
        "{ \"export\": { \"redcap\": { \"prefix\": \"the_partnership_pulse_pp_\" } } }",
        "{ \"export\": { \"redcap\": { \"prefix\": \"pp_\" } } }",
    },
    {
        "L066", ATT_SEVERITY_WARNING,
        "an id has a meaning elsewhere",
        "The id is a reserved word of Stata or SPSS, or the name of a column that "
        "every export has. There it must be renamed by hand.",
        "{ \"id\": \"version\", \"kind\": \"text\", \"text\": \"Which version?\" }",
        "{ \"id\": \"my_version\", \"kind\": \"text\", \"text\": \"Which version?\" }",
    },
    {
        "L067", ATT_SEVERITY_WARNING,
        "a condition never changes",
        "The condition names nothing that could differ: it always holds or never does.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"1 = 2\", \"text\": "
        "\"Why?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"show\": \"n = 2\", \"text\": "
        "\"Why?\" }",
    },
    {
        "L068", ATT_SEVERITY_WARNING,
        "a variant can never be used",
        "The first variant that holds wins, and an earlier one for the same item "
        "always holds when this one does.",
        "{ \"variants\": [{ \"when\": \"role = 'CL'\", \"text\": { \"a\": \"My "
        "patients trust me.\" } }, { \"when\": \"role = 'CL'\", \"text\": { \"a\": "
        "\"They trust me.\" } }] }",
        "{ \"variants\": [{ \"when\": \"role = 'CL'\", \"text\": { \"a\": \"My "
        "patients trust me.\" } }, { \"when\": \"role = 'PA'\", \"text\": { \"a\": "
        "\"They trust me.\" } }] }",
    },
    {
        "L069", ATT_SEVERITY_WARNING,
        "a translation has not been reviewed",
        "The language has no date of review. Its scores should not be put together "
        "with those of another language.",
        "{ \"tag\": \"es\", \"method\": \"machine\" }",
        "{ \"tag\": \"es\", \"method\": \"forward-back\", \"reviewed\": \"2026-05-01\" "
        "}",
    },
    {
        "L070", ATT_SEVERITY_WARNING,
        "a scale has no title",
        "Reports and tables show the title; without it people read the id.",
        "{ \"id\": \"calm\", \"model\": \"formative\", \"items\": [\"a\", \"b\"] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"] }",
    },
    {
        "L071", ATT_SEVERITY_WARNING,
        "all items of a scale are reversed",
        "Then none should be: the scale measures the opposite of its title, or the "
        "list is wrong.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"reverse\": [\"a\", \"b\"] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"reverse\": [\"b\"] }",
    },
    {
        "L072", ATT_SEVERITY_WARNING,
        "a token may stay empty",
        "All its texts have a condition. When none holds, nothing stands in the "
        "question.",
        "{ \"network\": { \"else\": [{ \"when\": \"role = 'CL'\", \"text\": \"this "
        "team\" }] } }",
        "{ \"network\": { \"else\": [{ \"when\": \"role = 'CL'\", \"text\": \"this "
        "team\" }, { \"text\": \"this network\" }] } }",
    },
    {
        "L073", ATT_SEVERITY_WARNING,
        "a text is the same in two languages",
        "It was most likely copied and not translated yet. A text that is not ready is "
        "left out.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": { \"en\": \"Please tell us "
        "why.\", \"es\": \"Please tell us why.\" } }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": { \"en\": \"Please tell us "
        "why.\", \"es\": \"Díganos por qué.\" } }",
    },
    {
        "L074", ATT_SEVERITY_WARNING,
        "an exclusive choice where only one can be marked",
        "\"exclusive\" clears the other marks of an item of kind \"many\". No such "
        "item uses this set.",
        "{ \"id\": \"d\", \"kind\": \"one\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 0, \"text\": \"No\", \"exclusive\": true }], \"text\": "
        "\"Is it so?\" }",
        "{ \"id\": \"d\", \"kind\": \"many\", \"choices\": [{ \"code\": 1, \"text\": "
        "\"Yes\" }, { \"code\": 0, \"text\": \"No\", \"exclusive\": true }], \"text\": "
        "\"Is it so?\" }",
    },
    {
        "L075", ATT_SEVERITY_WARNING,
        "a question is long",
        "On a narrow screen of 40 columns the question takes more than six lines, and "
        "its choices fall off the end. Definitions belong in a note before it.",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"Thinking of all the "
        "people, teams, groups and networks that you have been part of during the past "
        "three months, in person or online, at your own site or at another one, what "
        "would you say was the one thing that made it easier for you to take part?\" }",
        "{ \"id\": \"why\", \"kind\": \"text\", \"text\": \"What one thing made it "
        "easier for you to take part?\" }",
    },
    {
        "L076", ATT_SEVERITY_WARNING,
        "a scale needs an item that is not always asked",
        "All items must be valid, but one has a condition. Whoever is not asked it "
        "never gets a score.",
        "{ \"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"a\", \"e2\"], \"min_valid\": 2 }] }",
        "{ \"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"a\", \"e2\"], \"min_valid\": 1 }] }",
    },
    {
        "L077", ATT_SEVERITY_WARNING,
        "norms come from few people",
        "Percentiles and T scores from fewer than 50 people in a group move too much with "
        "each of them to set one person's score among them.",
        "{ \"norms\": [{ \"scale\": \"calm\", \"to\": \"t\", \"population\": \"Adults in "
        "care\", \"n\": 20, \"mean\": 3, \"sd\": 1, \"source\": \"First study\" }], "
        "\"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", "
        "\"items\": [\"a\", \"b\"] }], \"provenance\": { \"licence\": \"CC0-1.0\", "
        "\"status\": \"validated\", \"evidence\": [{ \"n\": 20 }] } }",
        "{ \"norms\": [{ \"scale\": \"calm\", \"to\": \"t\", \"population\": \"Adults in "
        "care\", \"n\": 412, \"mean\": 3, \"sd\": 1, \"source\": \"First study\" }], "
        "\"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", "
        "\"items\": [\"a\", \"b\"] }], \"provenance\": { \"licence\": \"CC0-1.0\", "
        "\"status\": \"validated\", \"evidence\": [{ \"n\": 412 }] } }",
    },
    {
        "L078", ATT_SEVERITY_WARNING,
        "norms or bands of a measure that is not validated",
        "What a score says about one person is shown only where the measure is validated. "
        "Until then norms and bands stand in the file and nobody sees them.",
        "{ \"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"a\", \"b\"], \"bands\": [{ \"from\": 1, \"text\": "
        "\"Low\" }] }] }",
        "{ \"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"a\", \"b\"] }] }",
    },
    {
        "L079", ATT_SEVERITY_WARNING,
        "permission is required, and nobody is named to ask",
        "Whoever wants to use the instrument must find out whom to ask. A name with an "
        "address is enough.",
        "{ \"provenance\": { \"licence\": \"permission required\" } }",
        "{ \"provenance\": { \"licence\": \"permission required\", \"contact\": "
        "\"A. Author, author@example.org\" } }",
    },
    {
        "L080", ATT_SEVERITY_WARNING,
        "a key names no translated text",
        "What \"stale\" or a catalogue names by its key is not there: the text went, or "
        "got another id.",
        "{ \"tag\": \"es\", \"reviewed\": \"2026-05-01\", \"stale\": "
        "[\"items/haerd/text\"] }",
        "{ \"tag\": \"es\", \"reviewed\": \"2026-05-01\" }",
    },
    {
        "L081", ATT_SEVERITY_WARNING,
        "much of a language is not translated",
        "More than 20 texts have no translation; their number is said in place of a line "
        "for each (L050). Where one is missing, its fallback or the default language is "
        "shown, so people read two languages in one survey.",
        "{ \"tag\": \"es\" }",
        "{ \"tag\": \"es\", \"fallback\": \"en\" }",
    },
    {
        "L082", ATT_SEVERITY_WARNING,
        "a translation has other names in braces than its text",
        "What stands in braces is put in when the text is shown. A translation that lacks "
        "it asks about nobody in particular.",
        "{ \"id\": \"t\", \"kind\": \"text\", \"text\": { \"en\": \"Why, {role}?\", "
        "\"es\": \"¿Por qué?\" } }",
        "{ \"id\": \"t\", \"kind\": \"text\", \"text\": { \"en\": \"Why, {role}?\", "
        "\"es\": \"¿Por qué, {role}?\" } }",
    },
    {
        "L083", ATT_SEVERITY_WARNING,
        "a translation is of an older text",
        "The text in the default language changed after it was translated, or the "
        "translator was not sure. Until somebody has looked, people who read this "
        "language may be asked something else, and are told that nobody has reviewed it.",
        "{ \"tag\": \"es\", \"reviewed\": \"2026-05-01\", \"stale\": "
        "[\"items/heard/text\"] }",
        "{ \"tag\": \"es\", \"reviewed\": \"2026-05-01\" }",
    },
    {
        "L101", ATT_SEVERITY_ERROR,
        "the weights of a scale do not fit",
        "A weighted score adds each answer as often as its weight says, so each item of "
        "the scale has a weight, nothing else has, and one is not 0. A prorated score "
        "divides by the weights of what was answered: they are 0 or more.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"score\": \"weighted\", \"weights\": { \"a\": 2 } }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"score\": \"weighted\", \"weights\": { \"a\": 2, \"b\": 1 } }",
    },
    {
        "L102", ATT_SEVERITY_ERROR,
        "the expression of a scale does not fit",
        "A score by expression has a \"value\" over the items of the scale and a \"range\" "
        "from its least to its greatest score. It sees answers as they were given.",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\"], \"score\": \"expression\", \"value\": \"a * b\", \"range\": [1, 25] }",
        "{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", \"items\": "
        "[\"a\", \"b\"], \"score\": \"expression\", \"value\": \"a * b\", \"range\": [1, "
        "25] }",
    },
    {
        "L103", ATT_SEVERITY_ERROR,
        "the bands of a scale do not rise",
        "A band goes from its \"from\" up to that of the next, the last one to the top. So "
        "each begins above the one before, and none above the greatest score.",
        "{ \"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"a\", \"b\"], \"bands\": [{ \"from\": 3, \"text\": "
        "\"High\" }, { \"from\": 1, \"text\": \"Low\" }] }], \"provenance\": { "
        "\"licence\": \"CC0-1.0\", \"status\": \"validated\", \"evidence\": [{ \"n\": 412 "
        "}] } }",
        "{ \"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"a\", \"b\"], \"bands\": [{ \"from\": 1, \"text\": "
        "\"Low\" }, { \"from\": 3, \"text\": \"High\" }] }], \"provenance\": { "
        "\"licence\": \"CC0-1.0\", \"status\": \"validated\", \"evidence\": [{ \"n\": 412 "
        "}] } }",
    },
    {
        "L104", ATT_SEVERITY_ERROR,
        "a table of norms does not fit",
        "Norms belong to a scale, come from people who were asked (\"n\", \"mean\", \"sd\", "
        "\"source\"), and have rows [score, norm] that rise. Percentiles always have "
        "rows, from 0 to 100.",
        "{ \"norms\": [{ \"scale\": \"clam\", \"to\": \"t\", \"population\": \"Adults in "
        "care\", \"n\": 412, \"mean\": 3, \"sd\": 1, \"source\": \"First study\" }], "
        "\"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", "
        "\"items\": [\"a\", \"b\"] }], \"provenance\": { \"licence\": \"CC0-1.0\", "
        "\"status\": \"validated\", \"evidence\": [{ \"n\": 412 }] } }",
        "{ \"norms\": [{ \"scale\": \"calm\", \"to\": \"t\", \"population\": \"Adults in "
        "care\", \"n\": 412, \"mean\": 3, \"sd\": 1, \"source\": \"First study\" }], "
        "\"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", "
        "\"items\": [\"a\", \"b\"] }], \"provenance\": { \"licence\": \"CC0-1.0\", "
        "\"status\": \"validated\", \"evidence\": [{ \"n\": 412 }] } }",
    },
    {
        "L105", ATT_SEVERITY_ERROR,
        "an identifying answer of an earlier wave is used",
        "What an interview knows from an earlier wave is kept in the open part of its "
        "record, so that going on later and scoring agree. An answer that tells who "
        "somebody is has no place there.",
        "{ \"id\": \"x\", \"kind\": \"text\", \"identifying\": true, \"show\": "
        "\"missing(wave('T0').x)\", \"text\": \"X?\" }",
        "{ \"id\": \"x\", \"kind\": \"text\", \"show\": "
        "\"missing(wave('T0').x)\", \"text\": \"X?\" }",
    },
    {
        "L106", ATT_SEVERITY_ERROR,
        "what is shown in an order of its own needs what may come later",
        "The container shuffles what it holds, so that a condition, choices or words may "
        "look at a question that was not asked yet. What belongs together goes into a "
        "group, which is moved as a whole; what must come first is \"fixed\".",
        "{ \"id\": \"p\", \"kind\": \"page\", \"order\": \"random\", \"items\": [{ "
        "\"id\": \"p1\", \"kind\": \"integer\", \"min\": 0, \"max\": 9, \"text\": \"How "
        "many?\" }, { \"id\": \"p2\", \"kind\": \"text\", \"show\": \"p1 > 0\", "
        "\"text\": \"Which?\" }] }",
        "{ \"id\": \"p\", \"kind\": \"page\", \"order\": \"random\", \"items\": [{ "
        "\"id\": \"p1\", \"kind\": \"integer\", \"min\": 0, \"max\": 9, \"fixed\": true, "
        "\"text\": \"How many?\" }, { \"id\": \"p2\", \"kind\": \"text\", \"show\": "
        "\"p1 > 0\", \"text\": \"Which?\" }] }",
    },
    {
        "L107", ATT_SEVERITY_ERROR,
        "a roster does not hold together",
        "A roster asks the same items for each of several entries, and must say how many "
        "there can be: a \"count\" that is a number, a \"count\" by an expression with "
        "\"max\" (or \"min(..., 3)\"), or \"names\", lists of names that end at an "
        "empty one. Pairs need names; a roster does not stand in a roster.",
        "{ \"id\": \"people\", \"kind\": \"roster\", \"count\": \"n\", \"items\": [{ "
        "\"id\": \"who\", \"kind\": \"text\", \"text\": \"Who?\" }] }",
        "{ \"id\": \"people\", \"kind\": \"roster\", \"count\": \"n\", \"max\": 5, "
        "\"items\": [{ \"id\": \"who\", \"kind\": \"text\", \"text\": \"Who?\" }] }",
    },
    {
        "L201", ATT_SEVERITY_WARNING,
        "an item is never asked",
        "Found with --paths. Every combination of answers was tried, and none makes the "
        "condition hold, or none does while what contains the item is shown. Conditions "
        "that contradict each other are the usual cause.",
        "{ \"id\": \"x\", \"kind\": \"text\", \"show\": \"n > 5 and n < 3\", "
        "\"text\": \"X?\" }",
        "{ \"id\": \"x\", \"kind\": \"text\", \"show\": \"n > 3 and n < 5\", "
        "\"text\": \"X?\" }",
    },
    {
        "L202", ATT_SEVERITY_WARNING,
        "a condition always holds",
        "Found with --paths. Every combination of answers was tried, and the condition "
        "held in all of them, so it does nothing; something else was most likely meant.",
        "{ \"id\": \"x\", \"kind\": \"text\", \"show\": \"missing(n) or n >= 0\", "
        "\"text\": \"X?\" }",
        "{ \"id\": \"x\", \"kind\": \"text\", \"show\": \"missing(n) or n > 0\", "
        "\"text\": \"X?\" }",
    },
    {
        "L203", ATT_SEVERITY_WARNING,
        "words are never shown",
        "Found with --paths. No combination of answers makes the condition of a variant "
        "or of a token's text hold.",
        "{ \"variants\": [{ \"when\": \"a = 1 and a = 5\", \"text\": { \"b\": { "
        "\"en\": \"Or B?\" } } }] }",
        "{ \"variants\": [{ \"when\": \"a = 1 or a = 5\", \"text\": { \"b\": { "
        "\"en\": \"Or B?\" } } }] }",
    },
    {
        "L204", ATT_SEVERITY_WARNING,
        "a scale never has a score",
        "Found with --paths. On every way through the instrument fewer items of the "
        "scale are asked than it needs, so nobody can ever have a score.",
        "{ \"items\": [{ \"id\": \"q\", \"kind\": \"one\", \"choices\": "
        "\"agree\", \"text\": \"Q?\" }, { \"id\": \"v\", \"kind\": \"one\", "
        "\"choices\": \"agree\", \"show\": \"q = 1\", \"text\": \"V?\" }, { "
        "\"id\": \"w\", \"kind\": \"one\", \"choices\": \"agree\", \"show\": \"q "
        "= 1\", \"text\": \"W?\" }, { \"id\": \"y\", \"kind\": \"one\", "
        "\"choices\": \"agree\", \"show\": \"q = 5\", \"text\": \"Y?\" }, { "
        "\"id\": \"z\", \"kind\": \"one\", \"choices\": \"agree\", \"show\": \"q "
        "= 5\", \"text\": \"Z?\" }], \"choices\": { \"agree\": [{ \"code\": 1, "
        "\"text\": \"No\" }, { \"code\": 5, \"text\": \"Yes\" }] }, \"scales\": "
        "[{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", "
        "\"items\": [\"v\", \"w\", \"y\", \"z\"], \"min_valid\": 3 }] }",
        "{ \"items\": [{ \"id\": \"q\", \"kind\": \"one\", \"choices\": "
        "\"agree\", \"text\": \"Q?\" }, { \"id\": \"v\", \"kind\": \"one\", "
        "\"choices\": \"agree\", \"show\": \"q = 1\", \"text\": \"V?\" }, { "
        "\"id\": \"w\", \"kind\": \"one\", \"choices\": \"agree\", \"show\": \"q "
        "= 1\", \"text\": \"W?\" }, { \"id\": \"y\", \"kind\": \"one\", "
        "\"choices\": \"agree\", \"show\": \"q = 5\", \"text\": \"Y?\" }, { "
        "\"id\": \"z\", \"kind\": \"one\", \"choices\": \"agree\", \"show\": \"q "
        "= 5\", \"text\": \"Z?\" }], \"choices\": { \"agree\": [{ \"code\": 1, "
        "\"text\": \"No\" }, { \"code\": 5, \"text\": \"Yes\" }] }, \"scales\": "
        "[{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": \"formative\", "
        "\"items\": [\"v\", \"w\", \"y\", \"z\"], \"min_valid\": 2 }] }",
    },
    {
        "L205", ATT_SEVERITY_WARNING,
        "some ways leave a scale without a score",
        "Found with --paths. On some ways through the instrument items of the scale are "
        "asked, but fewer than it needs, however well they are answered. Whoever goes "
        "that way is missing from the results, and seldom by chance. Ways that ask none "
        "of them are taken to be meant.",
        "{ \"items\": [{ \"id\": \"q\", \"kind\": \"one\", \"choices\": "
        "\"agree\", \"text\": \"Q?\" }, { \"id\": \"v\", \"kind\": \"one\", "
        "\"choices\": \"agree\", \"text\": \"V?\" }, { \"id\": \"w\", \"kind\": "
        "\"one\", \"choices\": \"agree\", \"show\": \"q = 1\", \"text\": \"W?\" "
        "}, { \"id\": \"y\", \"kind\": \"one\", \"choices\": \"agree\", \"show\": "
        "\"q = 1\", \"text\": \"Y?\" }], \"choices\": { \"agree\": [{ \"code\": "
        "1, \"text\": \"No\" }, { \"code\": 5, \"text\": \"Yes\" }] }, "
        "\"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"v\", \"w\", \"y\"], \"min_valid\": 2 }] }",
        "{ \"items\": [{ \"id\": \"q\", \"kind\": \"one\", \"choices\": "
        "\"agree\", \"text\": \"Q?\" }, { \"id\": \"v\", \"kind\": \"one\", "
        "\"choices\": \"agree\", \"text\": \"V?\" }, { \"id\": \"w\", \"kind\": "
        "\"one\", \"choices\": \"agree\", \"show\": \"q = 1\", \"text\": \"W?\" "
        "}, { \"id\": \"y\", \"kind\": \"one\", \"choices\": \"agree\", \"show\": "
        "\"q = 1\", \"text\": \"Y?\" }], \"choices\": { \"agree\": [{ \"code\": "
        "1, \"text\": \"No\" }, { \"code\": 5, \"text\": \"Yes\" }] }, "
        "\"scales\": [{ \"id\": \"calm\", \"title\": \"Calm\", \"model\": "
        "\"formative\", \"items\": [\"v\", \"w\", \"y\"], \"min_valid\": 1 }] }",
    },
    {
        "L301", ATT_SEVERITY_WARNING,
        "the questions are hard to read",
        "Found with --style. Sentence and word length say in which grade of school a text "
        "can be read. Over grade 8 for all questions, or 12 for one long one, people who "
        "read little skip or guess. English has the grade of Flesch and Kincaid, Spanish "
        "that of Crawford.",
        "{ \"id\": \"x\", \"kind\": \"text\", \"text\": \"Considering institutional "
        "collaboration opportunities encountered previously, which organisational "
        "characteristics particularly facilitated your continued participation?\" }",
        "{ \"id\": \"x\", \"kind\": \"text\", \"text\": \"Think of the times when you "
        "worked with others here. What made it easy for you to take part?\" }",
    },
    {
        "L302", ATT_SEVERITY_WARNING,
        "a question asks about two things at once",
        "Found with --style. Who agrees with one of the two and not with the other cannot "
        "answer, and nobody can tell what an answer means. A rule can only see the word "
        "that joins them: read it again, and leave it where both are one thing.",
        "{ \"id\": \"x\", \"kind\": \"one\", \"choices\": \"agree\", \"text\": \"Meetings "
        "are short and useful.\" }",
        "{ \"id\": \"x\", \"kind\": \"one\", \"choices\": \"agree\", \"text\": \"Meetings "
        "are useful.\" }",
    },
};
/* clang-format on */

const size_t att_n_rules = sizeof att_rules / sizeof att_rules[0];

const att_rule *att_rule_find(const char *code)
{
    for (size_t i = 0; i < att_n_rules; i++) {
        if (strcmp(att_rules[i].code, code) == 0) {
            return &att_rules[i];
        }
    }
    return NULL;
}
