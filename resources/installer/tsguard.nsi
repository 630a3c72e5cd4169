; The installer: for one person, without administrator rights. Puts the frozen folder in place, ties .tsg and
; .tsgpack files to the program, and takes all of it away again. Never touches a vault or a backup.
;
; Given by build_installer.py: SOURCE (the frozen folder), OUT (the installer), VERSION, NUMBERS (four of them),
; WINDOW and CONSOLE (the executables' names), ICON (of the installer), VAULTICON (of .tsg files, in the folder),
; AMD64 (where makensis can make a 64-bit installer), and, where there is a certificate, SIGN (the signing command).

Unicode true
!ifdef AMD64
  ; Where this makensis has the stub: then 64-bit wine can run what is handed out.
  Target amd64-unicode
!endif
!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include WordFunc.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\tsguard"
!define OWN "Software\tsguard"
!define VAULTTYPE "tsguard.vault"
!define PACKTYPE "tsguard.pack"
!define CLASSES "Software\Classes"

; 1 while the old program is aside and the new one not whole.
Var Aside

Name "$(NAME)"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\tsguard"
InstallDirRegKey HKCU "${OWN}" "Folder"
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
SetCompressorDictSize 64
AllowRootDirInstall false
BrandingText "$(NAME) ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion ${NUMBERS}
VIFileVersion ${NUMBERS}
!macro facts language name description
  VIAddVersionKey /LANG=${language} ProductName "${name}"
  VIAddVersionKey /LANG=${language} FileDescription "${description}"
  VIAddVersionKey /LANG=${language} FileVersion "${VERSION}"
  VIAddVersionKey /LANG=${language} ProductVersion "${VERSION}"
  VIAddVersionKey /LANG=${language} CompanyName "tsguard"
  VIAddVersionKey /LANG=${language} LegalCopyright "Apache-2.0"
!macroend
!insertmacro facts 2052 "商业秘密保护自评" "商业秘密保护自评安装程序"
!insertmacro facts 1033 "Trade secret self-assessment" "Trade secret self-assessment, installer"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_COMPONENTSPAGE_NODESC
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

!macro words name chinese english
  LangString ${name} ${LANG_SIMPCHINESE} "${chinese}"
  LangString ${name} ${LANG_ENGLISH} "${english}"
!macroend
!insertmacro words NAME "商业秘密保护自评" "Trade secret self-assessment"
!insertmacro words PROGRAM "程序（必需）" "Program (required)"
!insertmacro words DESKTOP "桌面快捷方式" "Desktop shortcut"
!insertmacro words TYPE "双击.tsg和.tsgpack文件时用本程序打开" "Open .tsg and .tsgpack files with this program"
!insertmacro words VAULT "商业秘密保护自评保险库" "Trade secret self-assessment vault"
!insertmacro words PACK "商业秘密保护自评清单更新文件" "Trade secret self-assessment checklist update"
!insertmacro words OLD "需要64位的Windows 10或更新的系统。没有安装，电脑上什么也没有改。" \
  "64-bit Windows 10 or newer is needed. Nothing was installed or changed."
!insertmacro words RUNNING "商业秘密保护自评正在运行，或有程序正在使用它的文件。请先关闭，再试一次。$\r$\n$\r$\n保险库和设置没有改动。" \
  "The program is running, or another program is using its files. Close it, then try again.$\r$\n$\r$\nVaults and settings are unchanged."
!insertmacro words NEWER "这台电脑上装的是较新的版本$1，这个安装程序是${VERSION}。$\r$\n$\r$\n换成旧版本后，新版本存过的保险库可能打不开。确定要换成旧版本吗？" \
  "Version $1 is installed here, which is newer than ${VERSION}.$\r$\n$\r$\nThe older version may not open vaults that the newer one has saved. Install the older one?"
!insertmacro words BROKEN "文件没有写完（磁盘可能满了，或安全软件拦下了写入）。已经退回原来的版本。$\r$\n$\r$\n保险库和设置没有改动。请腾出空间后再试一次。" \
  "The files could not be written completely (the disk may be full, or security software stopped it). The version that was there is back.$\r$\n$\r$\nVaults and settings are unchanged. Free some space and try again."
!insertmacro words FORGET "程序已经卸载。保险库和备份都不会删除。$\r$\n$\r$\n要把本机上的设置（外观、最近打开的列表、自己装的清单、本机快速解锁）也删除吗？" \
  "The program is removed. Vaults and backups stay.$\r$\n$\r$\nRemove this computer's settings, too (looks, recent files, own checklists, quick unlock)?"

; Exit codes of a silent run: 0 done, 2 not finished, 3 the system is too old, 4 the program is running,
; 5 a newer version is there (/OLDER installs all the same).
!macro refuse words code
  MessageBox MB_OK|MB_ICONEXCLAMATION "${words}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend

Function .onInit
  SetRegView 64
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro refuse "$(OLD)" 3
  ${EndIf}
  ReadRegStr $1 HKCU "${OWN}" "Version"
  ${If} $1 != ""
    ${VersionCompare} "$1" "${VERSION}" $2
    ${If} $2 == 1
      ${GetParameters} $3
      ClearErrors
      ${GetOptions} $3 "/OLDER" $4
      ${If} ${Errors}
        MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(NEWER)" /SD IDNO IDYES older
        SetErrorLevel 5
        Quit
        older:
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
FunctionEnd

; Puts the program that is there aside, or, where it is running, refuses. Windows lets a running program be
; renamed, but not be opened for writing; and no folder be renamed while a file in it is open. Asking for errors
; forgets them, so each step is asked for its own.
!macro rename from to
  ${If} ${FileExists} "$INSTDIR\${from}"
    Rename "$INSTDIR\${from}" "$INSTDIR\${to}"
  ${EndIf}
!macroend
!macro idle name
  ${If} ${FileExists} "$INSTDIR\${name}"
    FileOpen $R0 "$INSTDIR\${name}" a
    IfErrors busy
    FileClose $R0
  ${EndIf}
!macroend
!macro putAside name
  !insertmacro rename "${name}" "${name}.old"
  IfErrors busy
!macroend
!macro restore name
  ${If} ${FileExists} "$INSTDIR\${name}.old"
    Delete "$INSTDIR\${name}"
    !insertmacro rename "${name}.old" "${name}"
  ${EndIf}
!macroend
!macro aside un
Function ${un}DropOld
  RMDir /r "$INSTDIR\_internal.old"
  Delete "$INSTDIR\${WINDOW}.old"
  Delete "$INSTDIR\${CONSOLE}.old"
  Delete "$INSTDIR\uninstall.exe.old"
FunctionEnd

Function ${un}Back
  ${If} ${FileExists} "$INSTDIR\_internal.old"
    RMDir /r "$INSTDIR\_internal"
    !insertmacro rename _internal.old _internal
  ${EndIf}
  !insertmacro restore "${WINDOW}"
  !insertmacro restore "${CONSOLE}"
  !insertmacro restore uninstall.exe
FunctionEnd

Function ${un}Aside
  ; What an installation that was killed left behind: the old program, where the new one is not whole. The
  ; uninstaller is put aside last and written last, so it says which of the two is.
  ${IfNot} ${FileExists} "$INSTDIR\uninstall.exe"
    Call ${un}Back
  ${EndIf}
  Call ${un}DropOld
  retry:
  ClearErrors
  !insertmacro idle "${WINDOW}"
  !insertmacro idle "${CONSOLE}"
  !insertmacro putAside "${WINDOW}"
  !insertmacro putAside "${CONSOLE}"
  !insertmacro putAside _internal
  !if "${un}" == ""
    !insertmacro putAside uninstall.exe
  !endif
  Return
  busy:
  Call ${un}Back
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY retry
  SetErrorLevel 4
  Quit
FunctionEnd
!macroend
!insertmacro aside ""
!insertmacro aside "un."

; Takes away what was written of a program that can't be finished, and puts the old one back.
Function Undo
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\${CONSOLE}"
  Delete "$INSTDIR\uninstall.exe"
  Call Back
  RMDir "$INSTDIR"
FunctionEnd

; A full disk, or the person stops it.
Function .onInstFailed
  ${If} $Aside == 1
    Call Undo
  ${EndIf}
  SetErrorLevel 2
FunctionEnd

Section "!$(PROGRAM)" program
  SectionIn RO
  ; A folder that holds other things gets one of its own inside it; not where they are the program's, whole or
  ; left by an installation that was killed.
  ${IfNot} ${FileExists} "$INSTDIR\${CONSOLE}"
  ${AndIfNot} ${FileExists} "$INSTDIR\${CONSOLE}.old"
  ${AndIfNot} ${FileExists} "$INSTDIR\_internal\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\*.*"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      StrCpy $INSTDIR "$INSTDIR\tsguard"
    ${EndIf}
  ${EndIf}
  Call Aside
  StrCpy $Aside 1
  ClearErrors
  SetOverwrite try
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  ${IfNot} ${Errors}
    WriteUninstaller "$INSTDIR\uninstall.exe"
  ${EndIf}
  ${If} ${Errors}
    Call Undo
    !insertmacro refuse "$(BROKEN)" 2
  ${EndIf}
  StrCpy $Aside 0
  Call DropOld
  CreateShortcut "$SMPROGRAMS\$(NAME).lnk" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${OWN}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${OWN}" "Version" "${VERSION}"
  WriteRegStr HKCU "${OWN}" "Name" "$(NAME)"
  WriteRegStr HKCU "${KEY}" "DisplayName" "$(NAME)"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${KEY}" "Publisher" "tsguard"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"
SectionEnd

!macro tie ending filetype words icon
  WriteRegStr HKCU "${CLASSES}\${ending}" "" "${filetype}"
  WriteRegStr HKCU "${CLASSES}\${filetype}" "" "${words}"
  WriteRegStr HKCU "${CLASSES}\${filetype}\DefaultIcon" "" "$INSTDIR\${icon}"
  WriteRegStr HKCU "${CLASSES}\${filetype}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
!macroend

; Where another program has taken the ending over, it stays with that one.
!macro untie ending filetype
  ReadRegStr $0 HKCU "${CLASSES}\${ending}" ""
  ${If} $0 == "${filetype}"
    DeleteRegKey HKCU "${CLASSES}\${ending}"
  ${EndIf}
  DeleteRegKey HKCU "${CLASSES}\${filetype}"
!macroend

Section "$(TYPE)" type
  !insertmacro tie ".tsg" "${VAULTTYPE}" "$(VAULT)" "${VAULTICON}"
  !insertmacro tie ".tsgpack" "${PACKTYPE}" "$(PACK)" "${WINDOW}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section /o "$(DESKTOP)" desktop
  CreateShortcut "$DESKTOP\$(NAME).lnk" "$INSTDIR\${WINDOW}"
SectionEnd

Section "Uninstall"
  SetOutPath "$TEMP"
  Call un.Aside
  Call un.DropOld
  Delete "$INSTDIR\uninstall.exe"
  ; Only where nothing of the person's own lies in it.
  RMDir "$INSTDIR"
  ReadRegStr $0 HKCU "${OWN}" "Name"
  ${If} $0 != ""
    Delete "$SMPROGRAMS\$0.lnk"
    Delete "$DESKTOP\$0.lnk"
  ${EndIf}
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${OWN}"
  !insertmacro untie ".tsg" "${VAULTTYPE}"
  !insertmacro untie ".tsgpack" "${PACKTYPE}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ${If} ${FileExists} "$LOCALAPPDATA\tsguard\settings.json"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(FORGET)" /SD IDNO IDNO keep
    Delete "$LOCALAPPDATA\tsguard\settings.json"
    RMDir /r "$LOCALAPPDATA\tsguard\checklists"
    RMDir /r "$LOCALAPPDATA\tsguard\keys"
    RMDir /r "$LOCALAPPDATA\tsguard\packs"
    ; Backups lie in the same folder, which stays with them.
    RMDir "$LOCALAPPDATA\tsguard"
    keep:
  ${EndIf}
SectionEnd
