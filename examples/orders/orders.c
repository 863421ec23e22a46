#include "orders/handlers.h"

orders_item_out orders_item(rob_ctx *ctx, const orders_item_in *in)
{
    (void)ctx;
    return orders_item_ok(&(orders_item_model){.id = in->id, .limit = in->limit, .q = in->q, .has_q = in->has_q});
}

orders_order_out orders_order(rob_ctx *ctx, const orders_order_in *in)
{
    (void)ctx;
    return orders_order_ok(&in->body);
}
