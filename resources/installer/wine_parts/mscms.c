/* For trying the build under wine 8, whose own library lacks a function that Qt's window plug-in imports: no colour
   profiles. Lies in the prefix only and is never shipped. */
#define EXPORTED __declspec(dllexport)

EXPORTED void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned creation) { return 0; }
EXPORTED int CloseColorProfile(void *profile) { return 0; }
EXPORTED int GetColorProfileFromHandle(void *profile, void *bytes, unsigned *size) { return 0; }
EXPORTED void *WcsCreateIccProfile(void *profile, unsigned options) { return 0; }
