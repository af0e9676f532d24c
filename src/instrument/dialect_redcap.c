/* dialect_redcap.c - REDCap's data dictionary as a dialect
 */
#include "dialect_redcap.h"

#include "dialects.h"

const att_dictionary_heading att_dictionary_headings[ATT_N_DICT] = {
    { "Variable / Field Name", "field_name" },
    { "Form Name", "form_name" },
    { "Section Header", "section_header" },
    { "Field Type", "field_type" },
    { "Field Label", "field_label" },
    { "Choices, Calculations, OR Slider Labels", "select_choices_or_calculations" },
    { "Field Note", "field_note" },
    { "Text Validation Type OR Show Slider Number",
      "text_validation_type_or_show_slider_number" },
    { "Text Validation Min", "text_validation_min" },
    { "Text Validation Max", "text_validation_max" },
    { "Identifier?", "identifier" },
    { "Branching Logic (Show field only if...)", "branching_logic" },
    { "Required Field?", "required_field" },
    { "Custom Alignment", "custom_alignment" },
    { "Question Number (surveys only)", "question_number" },
    { "Matrix Group Name", "matrix_group_name" },
    { "Matrix Ranking?", "matrix_ranking" },
    { "Field Annotation", "field_annotation" },
};

const att_dialect att_dialect_redcap = {
    .name = "redcap",
    .about = "a REDCap data dictionary, CSV",
    .suffix = "csv",
    .holds_many = true,
    .read = att_dictionary_read,
    .write = att_dictionary_write,
};
