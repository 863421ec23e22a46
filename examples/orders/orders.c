#include "orders/handlers.h"

orders_item_handler_out orders_item_handler(rob_ctx *ctx, const orders_item_handler_in *in)
{
    (void)ctx;
    return orders_item_handler_ok(&(orders_item){.id = in->id, .limit = in->limit, .q = in->q, .has_q = in->has_q});
}

orders_order_handler_out orders_order_handler(rob_ctx *ctx, const orders_order_handler_in *in)
{
    (void)ctx;
    return orders_order_handler_ok(&in->body);
}
