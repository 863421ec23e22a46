/* tour/decode.c: types, models and parameters of Tour 1.0.0 as tables, which the runtime's decoder
 * walks. Written by robync from tour.api. */
#include "tables.h"

/* ^[a-z0-9-]+$ */
static const rob_dfa str_type_pattern = {
    .states = 4,
    .classes = 3,
    .class_of = (const uint8_t[]){
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    },
    .next = (const uint16_t[]){
        2, 3, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3,
    },
    .accept_at_end = (const uint8_t[]){
        0, 1, 0, 1,
    },
};

static const rob_choice role_choices[] = {
    { .kind = ROB_CHOICE_STR, .text = ROB_STR_INIT("admin") },
    { .kind = ROB_CHOICE_STR, .text = ROB_STR_INIT("read-only") },
};

static const rob_enum role_enum = {
    .choices = role_choices,
    .count = 2,
    .literal = false,
    .expected = ROB_STR_INIT("'admin' or 'read-only'"),
};

static const rob_arm payment_arms[] = {
    { .label = ROB_STR_INIT("card"), .type = &tour_card_type },
    { .label = ROB_STR_INIT("cash"), .type = &tour_cash_type },
};

static const rob_union payment_union = {
    .arms = payment_arms,
    .count = 2,
    .value_offset = offsetof(tour_payment, card),
    .tag_name = ROB_STR_INIT("kind"),
    .expected = ROB_STR_INIT("'card', 'cash'"),
};

static const rob_field folder_fields[] = {
    {
        .name = ROB_STR_INIT("name"),
        .type = &tour_str_3_type,
        .offset = offsetof(tour_folder, name),
        .has_offset = ROB_NO_OFFSET,
    },
    {
        .name = ROB_STR_INIT("inside"),
        .type = &tour_folder_list_type,
        .offset = offsetof(tour_folder, inside),
        .has_offset = ROB_NO_OFFSET,
    },
    {
        .name = ROB_STR_INIT("above"),
        .type = &tour_folder_type,
        .offset = offsetof(tour_folder, above),
        .has_offset = offsetof(tour_folder, has_above),
        .flags = ROB_FIELD_OPTIONAL | ROB_FIELD_INDIRECT,
    },
};

static const rob_model folder_model = {
    .name = ROB_STR_INIT("Folder"),
    .fields = folder_fields,
    .field_count = 3,
    .extra = ROB_EXTRA_IGNORE,
};

static const rob_field point_fields[] = {
    {
        .name = ROB_STR_INIT("x"),
        .type = &tour_int_type,
        .offset = offsetof(tour_point, x),
        .has_offset = ROB_NO_OFFSET,
    },
    {
        .name = ROB_STR_INIT("y"),
        .type = &tour_float_2_type,
        .offset = offsetof(tour_point, y),
        .has_offset = ROB_NO_OFFSET,
    },
    {
        .name = ROB_STR_INIT("on"),
        .type = &tour_bool_type,
        .offset = offsetof(tour_point, on),
        .has_offset = ROB_NO_OFFSET,
    },
};

static const rob_model point_model = {
    .name = ROB_STR_INIT("Point"),
    .fields = point_fields,
    .field_count = 3,
    .extra = ROB_EXTRA_IGNORE,
};

static const rob_field card_fields[] = {
    {
        .name = ROB_STR_INIT("last4"),
        .type = &tour_str_3_type,
        .offset = offsetof(tour_card, last4),
        .has_offset = ROB_NO_OFFSET,
    },
};

static const rob_model card_model = {
    .name = ROB_STR_INIT("Card"),
    .fields = card_fields,
    .field_count = 1,
    .extra = ROB_EXTRA_IGNORE,
};

static const rob_model cash_model = {
    .name = ROB_STR_INIT("Cash"),
    .fields = NULL,
    .field_count = 0,
    .extra = ROB_EXTRA_IGNORE,
};

/* str(min_length=3, max_length=40, pattern="^[a-z0-9-]+$") */
const rob_type tour_str_type = {
    .kind = ROB_KIND_STR,
    .rules = ROB_MIN_LENGTH | ROB_MAX_LENGTH | ROB_PATTERN,
    .size = sizeof(rob_str),
    .text = { .min_length = 3, .max_length = 40, .pattern = &str_type_pattern, .pattern_text = ROB_STR_INIT("^[a-z0-9-]+$") },
};

/* Role */
const rob_type tour_role_type = {
    .kind = ROB_KIND_ENUM,
    .size = sizeof(tour_role),
    .choice = &role_enum,
};

/* int */
const rob_type tour_int_type = {
    .kind = ROB_KIND_INT,
    .size = sizeof(int64_t),
};

/* str(max_length=500) */
const rob_type tour_str_2_type = {
    .kind = ROB_KIND_STR,
    .rules = ROB_MAX_LENGTH,
    .size = sizeof(rob_str),
    .text = { .max_length = 500 },
};

/* str */
const rob_type tour_str_3_type = {
    .kind = ROB_KIND_STR,
    .size = sizeof(rob_str),
};

/* list[Folder] */
const rob_type tour_folder_list_type = {
    .kind = ROB_KIND_LIST,
    .size = sizeof(tour_folder_list),
    .list = { .item = &tour_folder_type, .item_size = sizeof(tour_folder) },
};

/* Folder */
const rob_type tour_folder_type = {
    .kind = ROB_KIND_MODEL,
    .size = sizeof(tour_folder),
    .model = &folder_model,
};

/* float(gt=-180, le=180) */
const rob_type tour_float_2_type = {
    .kind = ROB_KIND_FLOAT,
    .rules = ROB_GT | ROB_LE,
    .size = sizeof(double),
    .number = { .gt = -180.0, .le = 180.0 },
};

/* bool */
const rob_type tour_bool_type = {
    .kind = ROB_KIND_BOOL,
    .size = sizeof(bool),
};

/* Point */
const rob_type tour_point_type = {
    .kind = ROB_KIND_MODEL,
    .size = sizeof(tour_point),
    .model = &point_model,
};

/* Card */
const rob_type tour_card_type = {
    .kind = ROB_KIND_MODEL,
    .size = sizeof(tour_card),
    .model = &card_model,
};

/* Cash */
const rob_type tour_cash_type = {
    .kind = ROB_KIND_MODEL,
    .size = sizeof(tour_cash),
    .model = &cash_model,
};

/* Payment */
const rob_type tour_payment_type = {
    .kind = ROB_KIND_TAGGED,
    .size = sizeof(tour_payment),
    .arms = &payment_union,
};

/* int(ge=1) */
const rob_type tour_int_3_type = {
    .kind = ROB_KIND_INT,
    .rules = ROB_GE,
    .size = sizeof(int64_t),
    .integer = { .ge = 1 },
};

/* datetime */
const rob_type tour_datetime_type = {
    .kind = ROB_KIND_DATETIME,
    .size = sizeof(rob_datetime),
};

/* list[Role] */
const rob_type tour_role_list_type = {
    .kind = ROB_KIND_LIST,
    .size = sizeof(tour_role_list),
    .list = { .item = &tour_role_type, .item_size = sizeof(tour_role) },
};

/* int(ge=1, le=100) */
const rob_type tour_int_4_type = {
    .kind = ROB_KIND_INT,
    .rules = ROB_GE | ROB_LE,
    .size = sizeof(int64_t),
    .integer = { .ge = 1, .le = 100 },
};

/* list[Point](max_length=100) */
const rob_type tour_point_list_2_type = {
    .kind = ROB_KIND_LIST,
    .rules = ROB_MAX_LENGTH,
    .size = sizeof(tour_point_list),
    .list = { .item = &tour_point_type, .item_size = sizeof(tour_point), .max_length = 100 },
};

static const rob_param users_get_items[] = {
    {
        .source = ROB_FROM_PATH,
        .path_index = 0,
        .field = {
            .name = ROB_STR_INIT("id"),
            .type = &tour_int_3_type,
            .offset = offsetof(tour_users_get_in, id),
            .has_offset = ROB_NO_OFFSET,
        },
    },
    {
        .source = ROB_FROM_HEADER,
        .field = {
            .name = ROB_STR_INIT("If-None-Match"),
            .type = &tour_str_3_type,
            .offset = offsetof(tour_users_get_in, etag),
            .has_offset = offsetof(tour_users_get_in, has_etag),
            .flags = ROB_FIELD_OPTIONAL,
        },
    },
};

const rob_params tour_users_get_params = {
    .items = users_get_items,
    .count = 2,
    .body = ROB_BODY_NONE,
};

static const rob_param users_list_items[] = {
    {
        .source = ROB_FROM_QUERY,
        .field = {
            .name = ROB_STR_INIT("role"),
            .type = &tour_role_list_type,
            .offset = offsetof(tour_users_list_in, role),
            .has_offset = ROB_NO_OFFSET,
            .fallback = &(const tour_role_list){ .count = 0 },
        },
    },
    {
        .source = ROB_FROM_QUERY,
        .field = {
            .name = ROB_STR_INIT("limit"),
            .type = &tour_int_4_type,
            .offset = offsetof(tour_users_list_in, limit),
            .has_offset = ROB_NO_OFFSET,
            .fallback = &(const int64_t){ 20 },
        },
    },
};

const rob_params tour_users_list_params = {
    .items = users_list_items,
    .count = 2,
    .body = ROB_BODY_NONE,
};

static const rob_param pay_items[] = {
    {
        .source = ROB_FROM_PATH,
        .path_index = 0,
        .field = {
            .name = ROB_STR_INIT("id"),
            .type = &tour_int_type,
            .offset = offsetof(tour_pay_in, id),
            .has_offset = ROB_NO_OFFSET,
        },
    },
    {
        .source = ROB_FROM_HEADER,
        .field = {
            .name = ROB_STR_INIT("X-Signature"),
            .type = &tour_str_3_type,
            .offset = offsetof(tour_pay_in, signature),
            .has_offset = ROB_NO_OFFSET,
        },
    },
    {
        .source = ROB_FROM_BODY,
        .field = {
            .name = ROB_STR_INIT("body"),
            .type = &tour_payment_type,
            .offset = offsetof(tour_pay_in, body),
            .has_offset = ROB_NO_OFFSET,
        },
    },
};

const rob_params tour_pay_params = {
    .items = pay_items,
    .count = 3,
    .body = ROB_BODY_WHOLE,
};

static const rob_param points_put_items[] = {
    {
        .source = ROB_FROM_HEADER,
        .field = {
            .name = ROB_STR_INIT("If-Match"),
            .type = &tour_str_3_type,
            .offset = offsetof(tour_points_put_in, etag),
            .has_offset = offsetof(tour_points_put_in, has_etag),
            .flags = ROB_FIELD_OPTIONAL,
        },
    },
    {
        .source = ROB_FROM_BODY,
        .field = {
            .name = ROB_STR_INIT("body"),
            .type = &tour_point_list_2_type,
            .offset = offsetof(tour_points_put_in, body),
            .has_offset = ROB_NO_OFFSET,
        },
    },
};

const rob_params tour_points_put_params = {
    .items = points_put_items,
    .count = 2,
    .body = ROB_BODY_WHOLE,
};

static const rob_param points_add_items[] = {
    {
        .source = ROB_FROM_BODY,
        .field = {
            .name = ROB_STR_INIT("body"),
            .type = &tour_point_type,
            .offset = offsetof(tour_points_add_in, body),
            .has_offset = ROB_NO_OFFSET,
        },
    },
};

const rob_params tour_points_add_params = {
    .items = points_add_items,
    .count = 1,
    .body = ROB_BODY_WHOLE,
};
