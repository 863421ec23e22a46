/* email.h: e-mail addresses as Pydantic's EmailStr takes them (email-validator without DNS).
 *
 * The result is normalised: the domain in lower case, names beyond ASCII in their Unicode form. These
 * need idn.o; see idn.h for when it is linked. */
#ifndef ROB_CODEC_EMAIL_H
#define ROB_CODEC_EMAIL_H

#include "codec/scalars.h"

/* out borrows text when it is normal already, else arena memory. */
ROB_NODISCARD rob_status rob_email_from_text(rob_arena *arena, rob_str text, rob_str *out,
                                             rob_scalar_error *error);

#endif
