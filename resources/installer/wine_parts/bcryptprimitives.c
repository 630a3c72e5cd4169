/* For trying the build under wine 8, which lacks this library: random bytes for Rust's standard library
   (cryptography). Lies in the prefix only and is never shipped. */
#include <windows.h>
#include <ntsecapi.h>

#define MOST 0x10000000u

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
    while (count > 0) {
        ULONG now = count > MOST ? MOST : (ULONG)count;
        if (!RtlGenRandom(bytes, now))
            return FALSE;
        bytes += now;
        count -= now;
    }
    return TRUE;
}
