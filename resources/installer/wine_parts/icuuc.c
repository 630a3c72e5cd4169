/* For trying the build under wine 8, which lacks this library: no converter ever opens, so that Qt has no codecs
   beside UTF-8 and UTF-16, which are its own. Lies in the prefix only and is never shipped. */
#define EXPORTED __declspec(dllexport)

EXPORTED void *ucnv_open(const char *name, int *error) { if (error) *error = 4; return 0; }
EXPORTED void ucnv_close(void *converter) { }
EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) { }
EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) { }
EXPORTED void ucnv_reset(void *converter) { }
EXPORTED signed char ucnv_getMaxCharSize(void *converter) { return 4; }
EXPORTED const char *ucnv_getName(void *converter, int *error) { if (error) *error = 4; return 0; }
EXPORTED void ucnv_getToUCallBack(void *converter, void *action, void *context) { }
EXPORTED void ucnv_getFromUCallBack(void *converter, void *action, void *context) { }
EXPORTED void ucnv_setToUCallBack(void *converter, void *action, void *context, void *old, void *old_context, int *error) { }
EXPORTED void ucnv_setFromUCallBack(void *converter, void *action, void *context, void *old, void *old_context, int *error) { }
EXPORTED void ucnv_cbToUWriteUChars(void *arguments, void *from, int length, int offset, int *error) { }
EXPORTED void ucnv_cbFromUWriteUChars(void *arguments, void *from, void *to, int offset, int *error) { }
EXPORTED void ucnv_toUnicode(void *converter, void *to, void *end, void *from, void *stop, void *offsets, signed char flush, int *error) { if (error) *error = 4; }
EXPORTED void ucnv_fromUnicode(void *converter, void *to, void *end, void *from, void *stop, void *offsets, signed char flush, int *error) { if (error) *error = 4; }
EXPORTED int ucnv_toUCountPending(void *converter, int *error) { return 0; }
EXPORTED int ucnv_fromUCountPending(void *converter, int *error) { return 0; }
EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { return 0; }
EXPORTED const char *ucnv_getAvailableName(int number) { return 0; }
EXPORTED int ucnv_countAvailable(void) { return 0; }
