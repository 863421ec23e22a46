/* tour/tables.h: what the generated .c files of Tour 1.0.0 share. Written by robync from tour.api. */
#ifndef TOUR_TABLES_H
#define TOUR_TABLES_H

#include <robync/generated.h>

#include "handlers.h"

/* router.c */
rob_route_fn tour_route_request;
rob_allowed_fn tour_allowed_methods;

/* decode.c */
extern const rob_type tour_str_type;
extern const rob_type tour_role_type;
extern const rob_type tour_int_type;
extern const rob_type tour_str_2_type;
extern const rob_type tour_str_3_type;
extern const rob_type tour_folder_list_type;
extern const rob_type tour_folder_type;
extern const rob_type tour_float_2_type;
extern const rob_type tour_bool_type;
extern const rob_type tour_point_type;
extern const rob_type tour_card_type;
extern const rob_type tour_cash_type;
extern const rob_type tour_payment_type;
extern const rob_type tour_int_3_type;
extern const rob_type tour_datetime_type;
extern const rob_type tour_role_list_type;
extern const rob_type tour_int_4_type;
extern const rob_type tour_point_list_2_type;
extern const rob_params tour_users_get_params;
extern const rob_params tour_users_list_params;
extern const rob_params tour_pay_params;
extern const rob_params tour_points_put_params;
extern const rob_params tour_points_add_params;

/* fast.c */
rob_decode_fn tour_points_put_decode;
rob_decode_fn tour_points_add_decode;

/* encode.c */
rob_encode_fn tour_user_encode;
rob_encode_fn tour_folder_encode;
rob_encode_fn tour_point_encode;
rob_encode_fn tour_payment_encode;
rob_encode_fn tour_not_found_encode;
rob_encode_fn tour_busy_encode;
rob_encode_fn tour_user_list_encode;
rob_encode_fn tour_point_list_encode;
rob_encode_fn tour_int_or_str_or_point_encode;

/* endpoints.c */
extern const rob_endpoint tour_healthz_get_endpoint;
extern const rob_endpoint tour_old_rest_get_endpoint;
extern const rob_endpoint tour_users_get_endpoint;
extern const rob_endpoint tour_users_me_endpoint;
extern const rob_endpoint tour_users_list_endpoint;
extern const rob_endpoint tour_pay_endpoint;
extern const rob_endpoint tour_points_endpoint;
extern const rob_endpoint tour_points_put_endpoint;
extern const rob_endpoint tour_points_add_endpoint;
extern const rob_endpoint tour_folders_endpoint;
extern const rob_endpoint tour_ping_endpoint;
extern const rob_endpoint tour_either_endpoint;
extern const rob_endpoint *const tour_all_endpoints[];

/* openapi.c */
extern const char tour_openapi_document[8314];

#endif
