using System.Diagnostics;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ShellLanguage.Syntax;
using Sage.TestKit;

namespace Sage.Agent.Tests.ShellLanguage;

/// <summary>
/// The shells of this machine, with commands that only write down how they were called. Nothing else can be found on their
/// path, so a line that is misread does no harm.
/// </summary>
internal sealed class RealShells : IDisposable
{
    /// <summary>The commands that lines of a test are made of.</summary>
    public static readonly string[] Commands = ["p", "q", "evil"];

    private static readonly (string Name, Shells Kind)[] Known =
    [
        ("sh", Shells.Sh),
        ("dash", Shells.Sh),
        ("ash", Shells.Sh),
        ("bash", Shells.Bash),
        ("zsh", Shells.Zsh),
        ("mksh", Shells.Ksh),
        ("ksh93", Shells.Ksh),
    ];

    private readonly TempFolder _folder = new();

    public RealShells()
    {
        foreach (var name in Commands)
        {
            var script = _folder.Write(
                Path.Combine("bin", name),
                $"#!/bin/sh\nl={name}\nfor a; do l=\"$l\u0001$a\"; done\nprintf '%s\\002' \"$l\" >>'{Log}'\n"
            );
            if (OperatingSystem.IsWindows())
            {
                continue;
            }

            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(_folder["work"]);
    }

    /// <summary>Every shell that is installed. Plain sh and bash always are.</summary>
    public static IReadOnlyList<(string Path, Shells Kind)> All { get; } =
    [
        .. from shell in Known
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        let path = System.IO.Path.Combine(folder, shell.Name)
        where File.Exists(path)
        group (path, shell.Kind) by shell.Name into found
        select found.First(),
    ];

    /// <summary>Loops and functions that call themselves may never end; everything else does.</summary>
    public static bool MayRun(CommandList script) =>
        !script
            .DescendantsAndSelf()
            .Any(node =>
                node
                    is WhileCommand
                        or ArithmeticForCommand
                        or FunctionDefinition
                        or ForCommand { Kind: ForKind.Select }
                || node is ListItem { End: ListEnd.Background }
            );

    private string Log => _folder["log"];

    /// <summary>How the commands were called, in order, each with its name first.</summary>
    public IReadOnlyList<string[]> Run(string shell, string line)
    {
        File.WriteAllText(Log, "");
        Start(shell, ["-c", line]);
        return [.. File.ReadAllText(Log).Split('\u0002')[..^1].Select(call => call.Split('\u0001'))];
    }

    /// <summary>True when the shell finds no mistake in the line; it does not run it.</summary>
    public bool Accepts(string shell, string line)
    {
        var errors = Start(shell, ["-n", "-c", line]);
        // zsh looks for the command of =name even then, and ksh has opinions.
        return errors.Length == 0
            || errors.Contains("not found", StringComparison.Ordinal)
            || errors.Contains("ksh93: warning", StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Start(string shell, string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments)
        {
            WorkingDirectory = _folder["work"],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = _folder["bin"];
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{shell} does not end: {string.Join(' ', arguments)}");
        }

        Task.WaitAll([errors, output], TimeSpan.FromSeconds(20));
        return errors.GetAwaiter().GetResult();
    }
}
