namespace Sage.Agent.ShellLanguage;

/// <summary>Shells that differ in how they read a command line.</summary>
[Flags]
public enum Shells
{
    None = 0,

    /// <summary>Plain POSIX shells: dash, busybox.</summary>
    Sh = 1,
    Bash = 2,
    Zsh = 4,

    /// <summary>ksh93, mksh.</summary>
    Ksh = 8,
    All = Sh | Bash | Zsh | Ksh,
}
