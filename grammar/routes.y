/* routes.y: the routes.api language (lemon, LALR(1), no conflicts: lemon fails on one).
 *
 * The grammar in EBNF. Capitals are tokens of lexer.re; `sep` is a comma or a newline (newlines.c says which
 * newlines count). Any keyword can be a `name`; a `typename` is any but the sources, `text`, `html`, `raw`,
 * `with` and `raises`, which may stand where a type stands.
 *
 *   file        = { NEWLINE | declaration NEWLINE }
 *   declaration = { attribute [ NEWLINE ] }
 *                 ( api | server | import | link | type | enum | model | union | error | group | route )
 *
 *   api         = "api" STRING [ "version" STRING ] [ "prefix" name ] [ object ]
 *   server      = "server" object
 *   import      = "from" STRING "import" name { "," name }
 *   link        = ( "link" | "sources" | "include" ) STRING
 *   type        = "type" name "=" type
 *   enum        = "enum" name "{" [ member { sep member } [ sep ] ] "}"
 *   member      = name [ "=" value ] { attribute }
 *   model       = "model" name [ "[" name { "," name } "]" ] [ "(" base { "," base } ")" ] shape
 *   base        = typename [ "[" type { "," type } "]" ]
 *   union       = "union" name "by" name "{" [ arm { sep arm } [ sep ] ] "}"
 *   arm         = name ":" type
 *   error       = "error" name INT shape [ headers ]
 *   group       = "group" path "{" { NEWLINE | declaration NEWLINE } [ declaration ] "}"
 *
 *   route       = METHOD path [ "(" fields ")" ] [ "->" outcome { "," outcome } ]
 *                 [ "raises" name { "," name } ] "=" implementation { "," implementation }
 *   path        = '""' | part { part }
 *   part        = "/" literal | "/{" name [ ":" type ] "}"
 *   outcome     = ( INT [ payload ] | payload ) [ headers ]
 *   payload     = type | "text" | "html" | "raw" "(" STRING ")"
 *   headers     = "with" "(" fields ")"
 *   implementation = "native" name | "python" STRING | "const" value | "redirect" INT STRING
 *
 *   shape       = "{" fields "}"
 *   fields      = [ field { sep field } [ sep ] ]
 *   field       = name [ "?" ] ":" content [ "=" value ] { attribute }
 *   content     = [ source ] type | "text" | "raw" "(" STRING ")"
 *   source      = ( "header" | "cookie" | "query" | "form" ) [ "(" STRING ")" ] | "body"
 *
 *   type        = optional { "|" optional }
 *   optional    = primary { "?" }
 *   primary     = typename [ "[" type { "," type } "]" ] [ arguments ]
 *               | "Literal" "[" values "]" | shape
 *
 *   attribute   = "@" name [ arguments ]
 *   arguments   = "(" [ argument { "," argument } [ "," ] ] ")"
 *   argument    = value | name "=" value
 *   value       = STRING | INT | FLOAT | QUANTITY | RATE | "true" | "false" | "null" | name
 *               | "env" "(" STRING ")" | "[" values "]" | object
 *   values      = [ value { "," value } [ "," ] ]
 *   object      = "{" [ pair { sep pair } [ sep ] ] "}"
 *   pair        = ( name | STRING ) ":" value
 *
 * Actions only call builders (ast_build.h), which report what the grammar cannot see. */

%name routes_parse
%token_prefix TOKEN_
%token_type {token}
%default_type {token}
%extra_argument {parser *p}
%start_symbol file

%include {
#undef NDEBUG /* with it lemon leaves out the token names, which dumps need */
#include "ast_build.h"

}

/* Brackets are limited to NESTING_LIMIT by newlines.c, and a level takes fewer than 20 places. */
%stack_size 1600 // PARSER_DEPTH of ast_build.h
%stack_overflow { too_deep(p); }
%syntax_error {
    (void)yymajor;
    unexpected(p, TOKEN);
}

/* Tokens own nothing; this only makes use of the parameters that lemon's code leaves unused. */
%token_destructor { (void)$$; (void)p; }

/* Never shifted: UNCLOSED and INVALID are errors by themselves, DOC is gone before the parser. */
%token INVALID UNCLOSED DOC.

%token_class word IDENT|METHOD|API|VERSION|PREFIX|SERVER|TYPE|ENUM|MODEL|UNION|BY|ERROR|WITH|RAISES|GROUP
    |FROM|IMPORT|LINK|SOURCES|INCLUDE|NATIVE|PYTHON|CONST|REDIRECT|HEADER|COOKIE|QUERY|FORM|BODY|RAW|TEXT
    |HTML|LITERAL.
%token_class typeword IDENT|METHOD|API|VERSION|PREFIX|SERVER|TYPE|ENUM|MODEL|UNION|BY|ERROR|GROUP
    |FROM|IMPORT|LINK|SOURCES|INCLUDE|NATIVE|PYTHON|CONST|REDIRECT|ENV.
%token_class source_word HEADER|COOKIE|QUERY|FORM.

/* ------------------------------------------------------------------ files and groups */

file ::= body(B) leading(L). { p->decls = B.first; check_no_attributes(p, L); }

%type body {decl_list}
body(A) ::= .                               { A = no_decls(); }
body(A) ::= body(B) NEWLINE.                { A = B; }
body(A) ::= body(B) decl(D) NEWLINE.        { A = add_decl(B, finish_decl(p, D)); }

%type decl {ast_decl *}
decl(A) ::= leading(L) bare(D).                         { A = lead_decl(p, D, L); }
decl(A) ::= leading(L) group_open(G) body(B) leading(M) RBRACE(E). {
    check_no_attributes(p, M);
    A = lead_decl(p, build_group(p, G, B, E), L);
}
decl(A) ::= leading(L) group_open(G) body(B) decl(D) RBRACE(E). {
    A = lead_decl(p, build_group(p, G, add_decl(B, finish_decl(p, D)), E), L);
}
/* Three, because lemon keeps silent until three tokens were shifted after an error (parse.c feeds them). */
decl(A) ::= error RESYNC RESYNC RESYNC.     { A = NULL; }

%type group_open {ast_decl *}
group_open(A) ::= GROUP(K) path(P) LBRACE.  { A = open_group(p, K, P); }

%type leading {attribute_list}
leading(A) ::= .                            { A = no_attributes(); }
leading(A) ::= leading(L) attribute(T).     { A = add_attribute(L, T); }
leading(A) ::= leading(L) attribute(T) NEWLINE. { A = add_attribute(L, T); }

/* ------------------------------------------------------------------ declarations */

%type bare {ast_decl *}
bare(A) ::= API(K) STRING(T) version(V) prefix(F) api_object(O). { A = build_api(p, K, T, V, F, O); }
bare(A) ::= SERVER(K) object(O).                        { A = build_server(p, K, O); }
bare(A) ::= FROM(K) STRING(F) IMPORT names(N).          { A = build_import(p, K, F, N); }
bare(A) ::= LINK(K) STRING(T).                          { A = build_text(p, AST_LINK, K, T); }
bare(A) ::= SOURCES(K) STRING(T).                       { A = build_text(p, AST_SOURCES, K, T); }
bare(A) ::= INCLUDE(K) STRING(T).                       { A = build_text(p, AST_INCLUDE, K, T); }
bare(A) ::= TYPE(K) name(N) EQUALS type(T).             { A = build_alias(p, K, N, T); }
bare(A) ::= ENUM(K) name(N) LBRACE enum_members(M) RBRACE(E). { A = build_enum(p, K, N, M, E); }
bare(A) ::= MODEL(K) name(N) generics(G) bases(B) shape(S). { A = build_model(p, K, N, G, B, S); }
bare(A) ::= UNION(K) name(N) BY name(T) LBRACE arms(M) RBRACE(E). { A = build_union(p, K, N, T, M, E); }
bare(A) ::= ERROR(K) name(N) INT(C) shape(S) headers(H). { A = build_error(p, K, N, C, S, H); }
bare(A) ::= METHOD(K) path(P) params(F) outcomes(O) raises(R) impls(I). {
    A = build_route(p, K, P, F, O, R, I);
}

version(A) ::= .                            { A = no_token(); }
version(A) ::= VERSION STRING(T).           { A = T; }
%type prefix {ast_name}
prefix(A) ::= .                             { A = no_name(); }
prefix(A) ::= PREFIX name(N).               { A = N; }
%type api_object {ast_value *}
api_object(A) ::= .                         { A = NULL; }
api_object(A) ::= object(O).                { A = O; }

%type generics {name_list}
generics(A) ::= .                           { A = no_names(); }
generics(A) ::= LBRACKET names(N) RBRACKET. { A = N; }

%type bases {name_list}
bases(A) ::= .                              { A = no_names(); }
bases(A) ::= LPAREN base_list(L) RPAREN.    { A = L; }
%type base_list {name_list}
base_list(A) ::= base(B).                   { A = add_name(no_names(), B); }
base_list(A) ::= base_list(L) COMMA base(B). { A = add_name(L, B); }
%type base {ast_name_item *}
base(A) ::= typename(N).                    { A = build_name_item(p, N, no_types()); }
base(A) ::= typename(N) LBRACKET types(T) RBRACKET. { A = build_name_item(p, N, T); }

%type enum_members {member_list}
enum_members(A) ::= .                       { A = no_members(); }
enum_members(A) ::= enum_member_list(L).    { A = L; }
enum_members(A) ::= enum_member_list(L) sep. { A = L; }
%type enum_member_list {member_list}
enum_member_list(A) ::= enum_member(M).     { A = add_member(no_members(), M); }
enum_member_list(A) ::= enum_member_list(L) sep enum_member(M). { A = add_member(L, M); }
%type enum_member {ast_member *}
enum_member(A) ::= name(N) default(V) attributes(T). { A = build_member(p, N, V, T); }

%type arms {arm_list}
arms(A) ::= .                               { A = no_arms(); }
arms(A) ::= arm_list(L).                    { A = L; }
arms(A) ::= arm_list(L) sep.                { A = L; }
%type arm_list {arm_list}
arm_list(A) ::= arm(M).                     { A = add_arm(no_arms(), M); }
arm_list(A) ::= arm_list(L) sep arm(M).     { A = add_arm(L, M); }
%type arm {ast_arm *}
arm(A) ::= name(N) COLON type(T).           { A = build_arm(p, N, T); }

/* ------------------------------------------------------------------ routes */

%type path {ast_path}
path(A) ::= EMPTY_PATH(T).                  { A = empty_path(p, T); }
path(A) ::= parts(L).                       { A = build_path(p, L); }
%type parts {segment_list}
parts(A) ::= part(S).                       { A = add_segment(no_segments(), S); }
parts(A) ::= parts(L) part(S).              { A = add_segment(L, S); }
%type part {ast_segment *}
part(A) ::= SEGMENT(T).                     { A = build_literal(p, T); }
part(A) ::= PARAM_OPEN(O) name(N) PARAM_CLOSE(C). { A = build_parameter(p, O, N, NULL, C); }
part(A) ::= PARAM_OPEN(O) name(N) COLON type(T) PARAM_CLOSE(C). { A = build_parameter(p, O, N, T, C); }

%type params {field_list}
params(A) ::= .                             { A = no_fields(); }
params(A) ::= LPAREN fields(F) RPAREN.      { A = F; }

%type outcomes {outcome_list}
outcomes(A) ::= .                           { A = no_outcomes(); }
outcomes(A) ::= ARROW outcome_list(L).      { A = L; }
%type outcome_list {outcome_list}
outcome_list(A) ::= outcome(O).             { A = add_outcome(no_outcomes(), O); }
outcome_list(A) ::= outcome_list(L) COMMA outcome(O). { A = add_outcome(L, O); }
%type outcome {ast_outcome *}
outcome(A) ::= INT(S) headers(H).           { A = build_outcome(p, S, NULL, H); }
outcome(A) ::= INT(S) payload(B) headers(H). { A = build_outcome(p, S, B, H); }
outcome(A) ::= payload(B) headers(H).       { A = build_outcome(p, no_token(), B, H); }
%type payload {ast_outcome *}
payload(A) ::= type(T).                     { A = json_payload(p, T); }
payload(A) ::= TEXT(T).                     { A = other_payload(p, AST_MEDIA_TEXT, T); }
payload(A) ::= HTML(T).                     { A = other_payload(p, AST_MEDIA_HTML, T); }
payload(A) ::= RAW(T) LPAREN STRING(M) RPAREN(E). { A = raw_payload(p, T, M, E); }

%type headers {header_list}
headers(A) ::= .                            { A = no_headers(); }
headers(A) ::= WITH(K) LPAREN fields(F) RPAREN(E). { A = build_headers(p, K, F, E); }

%type raises {name_list}
raises(A) ::= .                             { A = no_names(); }
raises(A) ::= RAISES names(N).              { A = N; }

%type impls {impl_list}
impls(A) ::= .                              { A = no_impls(); }
impls(A) ::= EQUALS impl_list(L).           { A = L; }
%type impl_list {impl_list}
impl_list(A) ::= impl(I).                   { A = add_impl(no_impls(), I); }
impl_list(A) ::= impl_list(L) COMMA impl(I). { A = add_impl(L, I); }
%type impl {ast_impl *}
impl(A) ::= NATIVE(K) name(N).              { A = native_impl(p, K, N); }
impl(A) ::= PYTHON(K) STRING(F).            { A = python_impl(p, K, F); }
impl(A) ::= CONST(K) value(V).              { A = const_impl(p, K, V); }
impl(A) ::= REDIRECT(K) INT(S) STRING(T).   { A = redirect_impl(p, K, S, T); }

/* ------------------------------------------------------------------ fields */

%type shape {shape}
shape(A) ::= LBRACE(O) fields(F) RBRACE(E). { A = build_shape(p, O, F, E); }

%type fields {field_list}
fields(A) ::= .                             { A = no_fields(); }
fields(A) ::= some_fields(L).               { A = L; }
fields(A) ::= some_fields(L) sep.           { A = L; }
%type some_fields {field_list}
some_fields(A) ::= field(F).                { A = add_field(no_fields(), F); }
some_fields(A) ::= some_fields(L) sep field(F). { A = add_field(L, F); }
%type field {ast_field *}
field(A) ::= name(N) question(Q) COLON content(C) default(V) attributes(T). {
    A = build_field(p, N, Q, C, V, T);
}
question(A) ::= .                           { A = no_token(); }
question(A) ::= QUESTION(Q).                { A = Q; }
%type default {ast_value *}
default(A) ::= .                            { A = NULL; }
default(A) ::= EQUALS value(V).             { A = V; }

%type content {ast_field *}
content(A) ::= type(T).                     { A = plain_content(p, T); }
content(A) ::= source_word(S) type(T).      { A = sourced_content(p, S, no_token(), T); }
content(A) ::= source_word(S) LPAREN STRING(N) RPAREN type(T). { A = sourced_content(p, S, N, T); }
content(A) ::= BODY(S) type(T).             { A = sourced_content(p, S, no_token(), T); }
content(A) ::= TEXT(S).                     { A = sourced_content(p, S, no_token(), NULL); }
content(A) ::= RAW(S) LPAREN STRING(M) RPAREN. { A = sourced_content(p, S, M, NULL); }

sep ::= COMMA.
sep ::= NEWLINE.

/* ------------------------------------------------------------------ types */

%type types {type_list}
types(A) ::= type(T).                       { A = add_type(no_types(), T); }
types(A) ::= types(L) COMMA type(T).        { A = add_type(L, T); }

%type type {ast_type *}
type(A) ::= optional(T).                    { A = T; }
type(A) ::= alternatives(L).                { A = union_type(p, L); }
%type alternatives {type_list}
alternatives(A) ::= optional(X) PIPE optional(Y). { A = add_type(add_type(no_types(), X), Y); }
alternatives(A) ::= alternatives(L) PIPE optional(T). { A = add_type(L, T); }
%type optional {ast_type *}
optional(A) ::= primary(T).                 { A = T; }
optional(A) ::= optional(T) QUESTION(Q).    { A = nullable_type(p, T, Q); }
%type primary {ast_type *}
primary(A) ::= applied(T).                  { A = T; }
primary(A) ::= applied(T) LPAREN arguments(L) RPAREN(E). { A = constrained_type(p, T, L, E); }
primary(A) ::= LITERAL(K) LBRACKET values(L) RBRACKET(E). { A = literal_type(p, K, L, E); }
primary(A) ::= shape(S).                    { A = object_type(p, S); }
%type applied {ast_type *}
applied(A) ::= typename(N).                 { A = named_type(p, N); }
applied(A) ::= typename(N) LBRACKET types(L) RBRACKET(E). { A = generic_type(p, N, L, E); }

/* ------------------------------------------------------------------ attributes and values */

%type attributes {attribute_list}
attributes(A) ::= .                         { A = no_attributes(); }
attributes(A) ::= attributes(L) attribute(T). { A = add_attribute(L, T); }
%type attribute {ast_attribute *}
attribute(A) ::= ATTRIBUTE(N).              { A = build_attribute(p, N, no_values(), N); }
attribute(A) ::= ATTRIBUTE(N) LPAREN arguments(L) RPAREN(E). { A = build_attribute(p, N, L, E); }

%type arguments {value_list}
arguments(A) ::= .                          { A = no_values(); }
arguments(A) ::= argument_list(L).          { A = L; }
arguments(A) ::= argument_list(L) COMMA.    { A = L; }
%type argument_list {value_list}
argument_list(A) ::= argument(V).           { A = add_value(no_values(), V); }
argument_list(A) ::= argument_list(L) COMMA argument(V). { A = add_value(L, V); }
%type argument {ast_value *}
argument(A) ::= value(V).                   { A = V; }
argument(A) ::= name(N) EQUALS value(V).    { A = key_value(V, N); }

%type values {value_list}
values(A) ::= .                             { A = no_values(); }
values(A) ::= value_list(L).                { A = L; }
values(A) ::= value_list(L) COMMA.          { A = L; }
%type value_list {value_list}
value_list(A) ::= value(V).                 { A = add_value(no_values(), V); }
value_list(A) ::= value_list(L) COMMA value(V). { A = add_value(L, V); }

%type value {ast_value *}
value(A) ::= STRING(T).                     { A = string_value(p, T); }
value(A) ::= INT(T).                        { A = int_value(p, T); }
value(A) ::= FLOAT(T).                      { A = float_value(p, T); }
value(A) ::= QUANTITY(T).                   { A = quantity_value(p, T); }
value(A) ::= RATE(T).                       { A = rate_value(p, T); }
value(A) ::= TRUE(T).                       { A = bool_value(p, T, true); }
value(A) ::= FALSE(T).                      { A = bool_value(p, T, false); }
value(A) ::= NULL(T).                       { A = null_value(p, T); }
value(A) ::= word(T).                       { A = word_value(p, T); }
value(A) ::= ENV(T).                        { A = word_value(p, T); }
value(A) ::= ENV(K) LPAREN STRING(T) RPAREN(E). { A = env_value(p, K, T, E); }
value(A) ::= LBRACKET(O) values(L) RBRACKET(E). { A = list_value(p, O, L, E); }
value(A) ::= object(O).                     { A = O; }

%type object {ast_value *}
object(A) ::= LBRACE(O) pairs(L) RBRACE(E). { A = object_value(p, O, L, E); }
%type pairs {value_list}
pairs(A) ::= .                              { A = no_values(); }
pairs(A) ::= pair_list(L).                  { A = L; }
pairs(A) ::= pair_list(L) sep.              { A = L; }
%type pair_list {value_list}
pair_list(A) ::= pair(V).                   { A = add_value(no_values(), V); }
pair_list(A) ::= pair_list(L) sep pair(V).  { A = add_value(L, V); }
%type pair {ast_value *}
pair(A) ::= name(N) COLON value(V).         { A = key_value(V, N); }
pair(A) ::= STRING(N) COLON value(V).       { A = key_value(V, string_name(p, N)); }

/* ------------------------------------------------------------------ names */

%type names {name_list}
names(A) ::= name(N).                       { A = add_name(no_names(), build_name_item(p, N, no_types())); }
names(A) ::= names(L) COMMA name(N).        { A = add_name(L, build_name_item(p, N, no_types())); }

%type name {ast_name}
name(A) ::= word(T).                        { A = build_name(p, T); }
name(A) ::= ENV(T).                         { A = build_name(p, T); }
name(A) ::= TRUE(T).                        { A = build_name(p, T); }
name(A) ::= FALSE(T).                       { A = build_name(p, T); }
name(A) ::= NULL(T).                        { A = build_name(p, T); }

%type typename {ast_name}
typename(A) ::= typeword(T).                { A = build_name(p, T); }

/* ------------------------------------------------------------------ what could have stood here */

%code {
/* Keeps the states of the stack as they are before a token is fed: the machine reduces by default before
 * it sees that a token does not fit, and has forgotten by then what else could have stood there. */
void routes_remember(const void *machine, parser *p)
{
    const yyParser *parser = machine;
    p->state_count = (uint32_t)(parser->yytos - parser->yystack) + 1;
    for (uint32_t i = 0; i < p->state_count; i++) p->states[i] = parser->yystack[i].stateno;
}

/* Whether a token would come to be shifted in a stack of states: a walk through the tables. */
static bool accepts(const parser *p, YYCODETYPE token)
{
    uint16_t states[YYSTACKDEPTH];
    uint32_t top = p->state_count - 1;
    memcpy(states, p->states, p->state_count * sizeof *states);
    for (;;) {
        YYACTIONTYPE action = yy_find_shift_action(token, states[top]);
        if (action <= YY_MAX_SHIFTREDUCE) return true;
        if (action < YY_MIN_REDUCE) return false;
        int rule = action - YY_MIN_REDUCE;
        top -= (uint32_t)-yyRuleInfoNRhs[rule]; /* what the rule pops, stored negative */
        if (top + 1 >= YYSTACKDEPTH) return false;
        states[top + 1] = yy_find_reduce_action(states[top], yyRuleInfoLhs[rule]);
        top++;
    }
}

token_set routes_expected(const parser *p)
{
    token_set expected = {{0}};
    for (int kind = 1; kind < YYNTOKEN; kind++) expected.has[kind] = accepts(p, (YYCODETYPE)kind);
    return expected;
}

const char *token_kind_name(uint8_t kind)
{
    return kind ? yyTokenName[kind] : "END";
}
}
