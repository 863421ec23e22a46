#include "codec/email.h"

#include <strings.h>

#include "base/utf8.h"
#include "codec/email_chars.h"
#include "codec/idn.h"

enum {
    INPUT_MOST = 2048,  /* code points; Pydantic's limit, before anything else is looked at */
    ADDRESS_MOST = 254, /* bytes: RFC 3696, erratum 1690 */
    DOMAIN_MOST = 253,  /* octets */
    LABEL_MOST = 63     /* octets: RFC 1035, 2.3.4 */
};

/* One address on its way through the checks. */
typedef struct mail {
    rob_arena *arena;
    rob_scalar_error *error;
    const char *context; /* before each reason; "" but after normalization */
    bool has_display_name;
    rob_str written_local, local; /* as written; without quotes */
    bool quoted;
    rob_str domain;       /* as written */
    rob_str ascii_domain; /* what DNS is asked for */
} mail;

static rob_status refuse(mail *m, rob_str reason)
{
    if (reason.ptr && *m->context) reason = rob_arena_format(m->arena, "%s%.*s", m->context, ROB_STR_ARG(reason));
    if (!reason.ptr) return ROB_NO_MEMORY;
    return rob_scalar_fail(m->arena, m->error, "value_error", "value is not a valid email address: ", "reason", reason);
}
#define REFUSE(m, text) refuse((m), ROB_STR(text))

/* Refuse a text that has characters outside a class, and name them. */
static rob_status check_chars(mail *m, rob_str text, rob_char_class *inside, const char *complaint)
{
    rob_str bad = rob_email_outside(m->arena, text, inside);
    if (!bad.ptr) return ROB_NO_MEMORY;
    if (!bad.len) return ROB_OK;
    return refuse(m, rob_arena_format(m->arena, "%s: %.*s.", complaint, ROB_STR_ARG(bad)));
}

static const char unsafe[] = "The email address contains unsafe characters";

static bool has(rob_str text, rob_str part)
{
    return part.len <= text.len && memmem(text.ptr, text.len, part.ptr, part.len);
}

static bool starts(rob_str text, rob_str part)
{
    return text.len >= part.len && memcmp(text.ptr, part.ptr, part.len) == 0;
}

static bool ends(rob_str text, rob_str part)
{
    return text.len >= part.len && memcmp(text.ptr + text.len - part.len, part.ptr, part.len) == 0;
}

static bool is_ascii(rob_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80) return false;
    return true;
}

static rob_str cut(rob_str text, size_t from, size_t to)
{
    return (rob_str){text.ptr + from, to - from};
}

/* ------------------------------------------------------------------ "Name <address>" */

static bool is_name_char(char c)
{
    return (unsigned char)c >= 0x80 || rob_email_is_atext_dot((unsigned char)c, false);
}

/* Bytes of a display name at the front of text: words, or one in quotes. */
static size_t name_len(rob_str text)
{
    if (text.len && text.ptr[0] == '"') { /* the last quote before the last `<` that a quote precedes */
        for (size_t at = text.len; at > 2; at--) {
            if (text.ptr[at - 1] != '"') continue;
            rob_str rest = rob_utf8_trim_python(cut(text, at, text.len));
            if (rest.len && rest.ptr[0] == '<') return at;
        }
        return 0;
    }
    size_t at = 0;
    while (at < text.len && (is_name_char(text.ptr[at]) || text.ptr[at] == ' ' || text.ptr[at] == '\t')) at++;
    return at;
}

/* The address inside angle brackets, after an optional display name; text itself when it is not of that
 * form. Pydantic takes this form for an EmailStr, too. */
static rob_str inside_brackets(rob_str text)
{
    rob_str trimmed = rob_utf8_trim_python(text);
    rob_str rest = trimmed;
    size_t name = name_len(trimmed);
    rest = rob_utf8_trim_python(cut(rest, name, rest.len));
    if (rest.len < 3 || rest.ptr[0] != '<' || rest.ptr[rest.len - 1] != '>') return trimmed;
    return rob_utf8_trim_python(cut(rest, 1, rest.len - 1));
}

/* ------------------------------------------------------------------ splitting */

/* Where `@` (or, when brackets counts, `<`) stands outside quotes; text.len without one. */
static size_t find_special(rob_str text, bool brackets)
{
    bool inside = false, escaped = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!inside && (c == '@' || (brackets && c == '<'))) return i;
        if (c == '"' && !escaped) inside = !inside;
        escaped = inside && c == '\\' && !escaped;
    }
    return text.len;
}

static rob_status refuse_without_at(mail *m, rob_str text)
{
    if (has(text, ROB_STR("\xEF\xBC\xA0")))
        return REFUSE(m,
                      "The email address has the \"full-width\" at-sign (@) character instead of a regular at-sign.");
    if (has(text, ROB_STR("\xEF\xB9\xAB")))
        return REFUSE(m, "The email address has the \"small commercial at\" character instead of a regular at-sign.");
    return REFUSE(m, "An email address must have an @-sign.");
}

/* Without the quotes around it and the backslashes in it. */
static rob_status unquote(mail *m, rob_str text, rob_str *out, bool *quoted)
{
    *quoted = text.len && text.ptr[0] == '"';
    *out = text;
    if (!*quoted) return ROB_OK;
    char *value = rob_arena_alloc(m->arena, text.len);
    if (!value) return ROB_NO_MEMORY;
    *out = (rob_str){value, 0};
    for (size_t i = 1; i < text.len; i++) {
        if (text.ptr[i] == '"') {
            if (i + 1 == text.len) return ROB_OK;
            rob_str extra = rob_email_display(m->arena, cut(text, i + 1, text.len));
            if (!extra.ptr) return ROB_NO_MEMORY;
            return refuse(m, rob_arena_format(m->arena, "Extra character(s) found after close quote: %.*s",
                                              ROB_STR_ARG(extra)));
        }
        if (text.ptr[i] == '\\' && ++i == text.len) break;
        value[out->len++] = text.ptr[i];
    }
    return ROB_OK;
}

/* A display name that the form above did not take: the address will be refused, most precisely here. */
static rob_status check_display_name(mail *m, rob_str name)
{
    bool quoted;
    rob_status status = unquote(m, name, &name, &quoted);
    if (!status && !quoted)
        status = check_chars(m, name, rob_email_is_name,
                             "The display name contains invalid characters when not quoted");
    return status ? status : check_chars(m, name, rob_email_is_safe_quoted, unsafe);
}

static rob_str trim_right(rob_str text)
{
    rob_str trimmed = rob_utf8_trim_python(text);
    return cut(text, 0, text.len ? (size_t)(trimmed.ptr + trimmed.len - text.ptr) : 0);
}

/* From `<` to the end; *addr is what stands inside. */
static rob_status take_brackets(mail *m, rob_str name, rob_str right, rob_str *addr)
{
    m->has_display_name = true;
    rob_status status = check_display_name(m, trim_right(name));
    if (status) return status;
    if (!memchr(right.ptr, '>', right.len))
        return REFUSE(m, "An open angle bracket at the start of the email address has to be followed by a close angle "
                         "bracket at the end.");
    while (right.ptr[right.len - 1] == ' ') right.len--;
    if (right.ptr[right.len - 1] != '>') return REFUSE(m, "There can't be anything after the email address.");
    *addr = cut(right, 1, right.len - 1);
    return ROB_OK;
}

static rob_status split(mail *m, rob_str text)
{
    size_t at = find_special(text, true);
    if (at == text.len) return refuse_without_at(m, text);
    if (text.ptr[at] == '<') {
        rob_status status = take_brackets(m, cut(text, 0, at), cut(text, at, text.len), &text);
        if (status) return status;
        at = find_special(text, false);
        if (at == text.len) return refuse_without_at(m, text);
    }
    m->written_local = cut(text, 0, at);
    m->domain = cut(text, at + 1, text.len);
    return unquote(m, m->written_local, &m->local, &m->quoted);
}

/* ------------------------------------------------------------------ the local part */

static rob_status check_local(mail *m)
{
    rob_str local = m->local;
    bool dots_ok = !starts(local, ROB_STR(".")) && !ends(local, ROB_STR(".")) && !has(local, ROB_STR(".."));
    rob_str bad = rob_email_outside(m->arena, local, rob_email_is_atext_dot);
    if (!bad.ptr) return ROB_NO_MEMORY;
    if (!local.len) return REFUSE(m, "There must be something before the @-sign.");
    if (!bad.len && dots_ok) return is_ascii(local) ? ROB_OK : check_chars(m, local, rob_email_is_safe, unsafe);
    if (m->quoted) {
        rob_status status = check_chars(m, local, rob_email_is_qtext,
                                        "The email address contains invalid characters in quotes before the @-sign");
        return status ? status : check_chars(m, local, rob_email_is_safe_quoted, unsafe);
    }
    if (bad.len)
        return check_chars(m, local, rob_email_is_atext_dot,
                           "The email address contains invalid characters before the @-sign");
    if (ends(local, ROB_STR(".")))
        return REFUSE(m, "An email address cannot have a period immediately before the @-sign.");
    if (starts(local, ROB_STR("."))) return REFUSE(m, "An email address cannot start with a period.");
    return REFUSE(m, "An email address cannot have two periods in a row.");
}

/* In normalization form C it has to pass the checks again. */
static rob_status normalise_local(mail *m)
{
    rob_str normal;
    if (is_ascii(m->local) || !rob_idn_nfc) return ROB_OK;
    if (!rob_idn_nfc(m->arena, m->local, &normal)) return ROB_NO_MEMORY;
    if (rob_str_eq(normal, m->local)) return ROB_OK;
    m->local = normal;
    m->context = "After Unicode normalization: ";
    rob_status status = check_local(m);
    m->context = "";
    return status;
}

/* Mailbox names that RFC 2142 reserves are the same in any case. */
static bool is_reserved_name(rob_str local)
{
    static const char *const names[] = {"info",       "marketing",  "sales",  "support", "abuse",     "noc", "security",
                                        "postmaster", "hostmaster", "usenet", "news",    "webmaster", "www", "uucp",
                                        "ftp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (local.len == strlen(names[i]) && strncasecmp(local.ptr, names[i], local.len) == 0) return true;
    return false;
}

/* ------------------------------------------------------------------ the domain */

static rob_str lower(rob_arena *arena, rob_str text)
{
    char *out = rob_arena_alloc(arena, text.len);
    if (!out) return (rob_str){0};
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] | 0x20) : text.ptr[i];
    return (rob_str){out, text.len};
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* The next label of a domain; false after the last. */
static bool next_label(rob_str domain, size_t *at, rob_str *label)
{
    if (*at > domain.len) return false;
    const char *dot = *at < domain.len ? memchr(domain.ptr + *at, '.', domain.len - *at) : NULL;
    size_t end = dot ? (size_t)(dot - domain.ptr) : domain.len;
    *label = cut(domain, *at, end);
    *at = end + 1;
    return true;
}

/* U+3002, U+FF0E and U+FF61 separate labels like dots (UTS 46). */
static rob_str with_plain_dots(rob_arena *arena, rob_str text)
{
    char *out = rob_arena_alloc(arena, text.len);
    size_t len = 0;
    if (!out) return (rob_str){0};
    for (size_t i = 0; i < text.len; i++) {
        rob_str rest = cut(text, i, text.len);
        bool dot = starts(rest, ROB_STR("\xE3\x80\x82")) || starts(rest, ROB_STR("\xEF\xBC\x8E")) ||
                   starts(rest, ROB_STR("\xEF\xBD\xA1"));
        out[len++] = dot ? '.' : text.ptr[i];
        if (dot) i += 2;
    }
    return (rob_str){out, len};
}

static rob_status check_dots_and_hyphens(mail *m, rob_str domain)
{
    if (ends(domain, ROB_STR("."))) return REFUSE(m, "An email address cannot end with a period.");
    if (starts(domain, ROB_STR(".")))
        return REFUSE(m, "An email address cannot have a period immediately after the @-sign.");
    if (has(domain, ROB_STR(".."))) return REFUSE(m, "An email address cannot have two periods in a row.");
    if (ends(domain, ROB_STR("-"))) return REFUSE(m, "An email address cannot end with a hyphen.");
    if (starts(domain, ROB_STR("-")))
        return REFUSE(m, "An email address cannot have a hyphen immediately after the @-sign.");
    if (has(domain, ROB_STR(".-")) || has(domain, ROB_STR("-.")))
        return REFUSE(m, "An email address cannot have a period and a hyphen next to each other.");
    rob_str label;
    for (size_t at = 0; next_label(domain, &at, &label);)
        if (label.len >= 4 && label.ptr[2] == '-' && label.ptr[3] == '-' && strncasecmp(label.ptr, "xn", 2) != 0 &&
            is_ascii(cut(label, 0, 2)))
            return REFUSE(m, "An email address cannot have two letters followed by two dashes immediately after the "
                             "@-sign or after a period, except Punycode.");
    return ROB_OK;
}

/* The first code point that IDNA 2008 does not allow, in the words of Python's idna. */
static rob_status refuse_codepoint(mail *m, rob_str domain)
{
    rob_str label, ignored;
    for (size_t at = 0; next_label(domain, &at, &label);) {
        size_t position = 1, len;
        for (size_t i = 0; i < label.len; i += len, position++) {
            uint32_t c;
            len = rob_utf8_decode(cut(label, i, label.len), &c);
            rob_str probe = rob_arena_format(m->arena, "a%.*s", (int)len, label.ptr + i);
            if (!probe.ptr) return ROB_NO_MEMORY;
            if (c < 0x80 || rob_idn_to_ascii(m->arena, probe, ROB_IDN_IDNA2008, &ignored)) continue;
            return refuse(m, rob_arena_format(m->arena,
                                              "The part after the @-sign is invalid (Codepoint U+%04X at position %zu "
                                              "of '%.*s' not allowed).",
                                              (unsigned)c, position, ROB_STR_ARG(label)));
        }
    }
    return REFUSE(m, "The part after the @-sign is invalid (Invalid label).");
}

static rob_status to_ascii(mail *m, rob_str domain)
{
    domain = lower(m->arena, domain);
    if (!domain.ptr) return ROB_NO_MEMORY;
    m->ascii_domain = domain;
    if (is_ascii(domain)) return ROB_OK;
    if (!rob_idn_to_ascii) return REFUSE(m, "The part after the @-sign is invalid (Invalid label).");
    if (rob_idn_to_ascii(m->arena, domain, ROB_IDN_IDNA2008, &m->ascii_domain)) return ROB_OK;
    return refuse_codepoint(m, domain);
}

static rob_status check_lengths(mail *m)
{
    rob_str domain = m->ascii_domain, label;
    if (domain.len > DOMAIN_MOST)
        return refuse(m, rob_arena_format(m->arena,
                                          "The email address is too long after the @-sign (%zu byte%s too many after "
                                          "IDNA encoding).",
                                          domain.len - DOMAIN_MOST, plural(domain.len - DOMAIN_MOST)));
    for (size_t at = 0; next_label(domain, &at, &label);)
        if (label.len > LABEL_MOST)
            return refuse(m, rob_arena_format(m->arena,
                                              "After the @-sign, periods cannot be separated by so many characters "
                                              "(%zu character%s too many).",
                                              label.len - LABEL_MOST, plural(label.len - LABEL_MOST)));
    return ROB_OK;
}

/* Names that cannot be delivered to. */
static rob_status check_deliverable(mail *m)
{
    static const char *const special[] = {"arpa", "invalid", "local", "localhost", "onion", "test"};
    rob_str domain = m->ascii_domain, label, last = domain;
    if (!has(domain, ROB_STR(".")))
        return REFUSE(m, "The part after the @-sign is not valid. It should have a period.");
    unsigned char end = (unsigned char)(domain.ptr[domain.len - 1] | 0x20);
    if (end < 'a' || end > 'z')
        return REFUSE(m, "The part after the @-sign is not valid. It is not within a valid top-level domain.");
    for (size_t at = 0; next_label(domain, &at, &label);) last = label;
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (rob_str_eq(last, rob_str_of(special[i])))
            return REFUSE(m, "The part after the @-sign is a special-use or reserved name that cannot be used with "
                             "email.");
    return ROB_OK;
}

/* *normal: the domain as it is given back, in Unicode. */
static rob_status check_domain(mail *m, rob_str *normal)
{
    static const char invalid[] = "The part after the @-sign contains invalid characters";
    static const char mapped_to_invalid[] =
        "The part after the @-sign contains invalid characters after Unicode normalization";
    size_t count = rob_utf8_count(m->domain);
    if (count > DOMAIN_MOST)
        return refuse(m, rob_arena_format(m->arena,
                                          "The email address is too long after the @-sign (%zu character%s too many).",
                                          count - DOMAIN_MOST, plural(count - DOMAIN_MOST)));
    rob_str domain = with_plain_dots(m->arena, m->domain);
    rob_status status = domain.ptr ? ROB_OK : ROB_NO_MEMORY;
    if (!status) status = check_chars(m, m->domain, rob_email_is_hostname, invalid);
    if (!status) status = check_chars(m, m->domain, rob_email_is_safe, unsafe);
    if (!status) status = check_chars(m, m->domain, rob_email_is_mappable, invalid);
    if (!status) status = check_dots_and_hyphens(m, domain);
    if (!status) status = to_ascii(m, domain);
    if (!status) status = check_chars(m, m->ascii_domain, rob_email_is_hostname, mapped_to_invalid);
    if (!status) status = check_dots_and_hyphens(m, m->ascii_domain);
    if (!status) status = check_lengths(m);
    if (!status) status = check_deliverable(m);
    if (status) return status;
    *normal = m->ascii_domain;
    if (!has(m->ascii_domain, ROB_STR("xn--"))) return ROB_OK;
    if (rob_idn_to_unicode && rob_idn_to_unicode(m->arena, m->ascii_domain, normal)) return ROB_OK;
    return REFUSE(m, "The part after the @-sign is not valid IDNA (Invalid A-label).");
}

/* An address in brackets, which is never accepted; whether it is well-formed only changes the words. */
static rob_status check_literal(mail *m)
{
    rob_str inside = cut(m->domain, 1, m->domain.len - 1);
    bool digits_and_dots = inside.len > 0;
    for (size_t i = 0; i < inside.len; i++) digits_and_dots &= memchr("0123456789.", inside.ptr[i], 11) != NULL;
    if (!digits_and_dots && !has(inside, ROB_STR(":")))
        return REFUSE(m,
                      "The part after the @-sign in brackets is not an IPv4 address and has no address literal tag.");
    if (digits_and_dots || (inside.len >= 5 && strncasecmp(inside.ptr, "ipv6:", 5) == 0))
        return REFUSE(m, "A bracketed IP address after the @-sign is not allowed here.");
    rob_status status = check_chars(m, inside, rob_email_is_literal,
                                    "The part after the @-sign contains invalid characters in brackets");
    if (status) return status;
    return REFUSE(m, "The part after the @-sign contains an invalid address literal tag in brackets.");
}

/* ------------------------------------------------------------------ the whole */

/* How much too long an address is, as written. */
static rob_status refuse_written_length(mail *m, size_t bytes)
{
    size_t count = rob_utf8_count(m->written_local) + 1 + rob_utf8_count(m->domain), over = bytes - ADDRESS_MOST;
    if (bytes == count)
        return refuse(m, rob_arena_format(m->arena, "The email address is too long (%zu character%s too many).", over,
                                          plural(over)));
    size_t widest = 2;
    for (size_t i = 0; i < m->written_local.len + 1 + m->domain.len; i++) { /* one text: `@` lies between them */
        unsigned char c = (unsigned char)m->written_local.ptr[i];
        if (c >= 0xE0 && widest < 3) widest = 3;
        if (c >= 0xF0) widest = 4;
    }
    size_t least = over / widest ? over / widest : 1;
    if (least == over)
        return refuse(m, rob_arena_format(m->arena, "The email address is too long (%zu character%s too many).", over,
                                          plural(over)));
    return refuse(m, rob_arena_format(m->arena, "The email address is too long (%zu-%zu character%s too many).", least,
                                      over, plural(over)));
}

static rob_status check_address_length(mail *m, rob_str normal)
{
    size_t written = m->written_local.len + 1 + m->domain.len, ascii = m->local.len + 1 + m->ascii_domain.len;
    if (written > ADDRESS_MOST) return refuse_written_length(m, written);
    if (normal.len > ADDRESS_MOST)
        return refuse(m, rob_arena_format(m->arena,
                                          "The email address is too long after normalization (%zu byte%s too many).",
                                          normal.len - ADDRESS_MOST, plural(normal.len - ADDRESS_MOST)));
    if (ascii > ADDRESS_MOST)
        return refuse(m, rob_arena_format(m->arena,
                                          "The email address is too long when the part after the @-sign is converted "
                                          "to IDNA ASCII (%zu byte%s too many).",
                                          ascii - ADDRESS_MOST, plural(ascii - ADDRESS_MOST)));
    return ROB_OK;
}

static rob_status check(mail *m, rob_str *out)
{
    rob_str domain;
    rob_status status = check_local(m);
    if (!status) status = normalise_local(m);
    if (status) return status;
    if (m->quoted) return REFUSE(m, "Quoting the part before the @-sign is not allowed here.");
    if (is_reserved_name(m->local)) m->local = lower(m->arena, m->local);
    if (!m->local.ptr) return ROB_NO_MEMORY;
    if (!m->domain.len) return REFUSE(m, "There must be something after the @-sign.");
    if (m->domain.ptr[0] == '[' && ends(m->domain, ROB_STR("]"))) return check_literal(m);
    status = check_domain(m, &domain);
    if (status) return status;
    *out = rob_arena_format(m->arena, "%.*s@%.*s", ROB_STR_ARG(m->local), ROB_STR_ARG(domain));
    if (!out->ptr) return ROB_NO_MEMORY;
    status = check_address_length(m, *out);
    if (!status && m->has_display_name)
        return REFUSE(m, "A display name and angle brackets around the email address are not permitted here.");
    return status;
}

rob_status rob_email_from_text(rob_arena *arena, rob_str text, rob_str *out, rob_scalar_error *error)
{
    mail m = {.arena = arena, .error = error, .context = ""};
    if (rob_utf8_count(text) > INPUT_MOST) return REFUSE(&m, "Length must not exceed 2048 characters");
    if (has(text, ROB_STR("\r")) || has(text, ROB_STR("\n")))
        return REFUSE(&m, "Carriage return and line feed characters are not allowed");
    rob_status status = split(&m, inside_brackets(text));
    return status ? status : check(&m, out);
}
