/* Handlers of fault.api: they give back what they got. */
#include <string.h>
#include <unistd.h>

#include "fault/handlers.h"

enum { BIG = 600 * 1000 };

fault_params_out fault_params(rob_ctx *ctx, const fault_params_in *in)
{
    (void)ctx;
    return fault_params_ok(&(fault_seen){.id = in->id, .q = in->q, .token = in->token, .has_token = in->has_token,
                                         .sid = in->sid, .has_sid = in->has_sid});
}

fault_create_out fault_create(rob_ctx *ctx, const fault_create_in *in)
{
    if (rob_str_eq(in->body.name, ROB_STR("taken"))) return fault_create_taken((fault_taken){.name = in->body.name});
    rob_str location = rob_format(ctx, "/items/%zu", in->body.name.len);
    if (!location.ptr) return fault_create_failed("out of memory");
    return fault_create_created(&in->body, (fault_create_created_with){.location = location});
}

fault_form_out fault_form(rob_ctx *ctx, const fault_form_in *in)
{
    (void)ctx;
    return fault_form_ok(&(fault_item){.name = in->name, .price = (double)in->count});
}

fault_size_out fault_size(rob_ctx *ctx, const fault_size_in *in)
{
    (void)ctx;
    return fault_size_ok(&(fault_size_response){.size = (int64_t)in->body.len});
}

fault_blocking_out fault_blocking(rob_ctx *ctx, const fault_blocking_in *in)
{
    (void)ctx;
    (void)in;
    usleep(20 * 1000);
    return fault_blocking_ok(&(fault_blocking_response){.slept = 20});
}

fault_big_out fault_big(rob_ctx *ctx, const fault_big_in *in)
{
    (void)in;
    char *text = rob_alloc(ctx, BIG);
    if (!text) return fault_big_failed("out of memory");
    memset(text, 'x', BIG);
    return fault_big_ok((rob_str){text, BIG});
}

fault_fail_out fault_fail(rob_ctx *ctx, const fault_fail_in *in)
{
    (void)ctx;
    (void)in;
    return fault_fail_failed("it always does");
}
