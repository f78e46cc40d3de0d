using System.Diagnostics;
using Sage.Tools.Shell.ReadOnly;

namespace Sage.Tools.Tests.Shell.ReadOnly;

/// <summary>
/// A workspace with file names that are options or commands, links that lead out of it to something hidden, and commands of
/// its own in the place of real ones.
/// </summary>
internal sealed class HostileWorkspace : IDisposable
{
    /// <summary>What is in no file of the workspace.</summary>
    public const string Hidden = "HIDDEN";

    private static readonly string[] Names =
    [
        "a.txt",
        "my file.txt",
        "-o",
        "-rf",
        "--output=pwned",
        "--compress-program=touch pwned",
        "src/b.txt",
        "src/-exec",
        "src/;touch pwned",
        "src/$(touch pwned)",
        "src/lib/c.txt",
    ];

    private readonly ToolBench _bench = new();

    public HostileWorkspace()
    {
        foreach (var name in Names)
        {
            _bench.Write(name, $"a line of {name}\nanother one\nanother one\n");
        }

        // The shell would find these first if it looked into the workspace.
        foreach (var name in new[] { "cat", "ls", "sort" })
        {
            _bench.Write(name, "#!/bin/sh\ntouch pwned\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_bench.PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        var outside = Directory.CreateDirectory(Path.Combine(_bench.Outside, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "secret"), Hidden);
        File.CreateSymbolicLink(_bench.PathOf("link"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(_bench.PathOf("src/link"), "../link");
        Directory.CreateSymbolicLink(_bench.PathOf("folder"), outside);
    }

    public static IReadOnlyList<string> Shells { get; } =
    [
        .. from name in new[] { "sh", "bash", "zsh", "ksh" }
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        group path by name into found
        select found.First(),
    ];

    public ReadOnlyProof? Prove(string line) =>
        ReadOnlyProof.TryFind(line, _bench.Workspace.Root, _bench.Workspace.Root) is { } proof
        && proof.FindRefusal(_bench.Paths, _bench.Workspace) is null
            ? proof
            : null;

    /// <summary>Everything in and around the workspace: names, contents, times, and where links lead.</summary>
    public string Snapshot() =>
        string.Join(
            '\n',
            new DirectoryInfo(_bench.Outside)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Where(entry =>
                    entry.LinkTarget is not null || !entry.FullName.Contains("/folder/", StringComparison.Ordinal)
                )
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                .Select(entry =>
                    $"{entry.FullName} {entry.LinkTarget} {entry.LastWriteTimeUtc.Ticks} {(entry is FileInfo { LinkTarget: null } file ? File.ReadAllText(file.FullName) : "")}"
                )
        );

    /// <summary>Changes every file that the proof does not name; links stay.</summary>
    public void ChangeAllBut(ReadOnlyProof proof)
    {
        foreach (var name in Names)
        {
            var write = Agent.ToolCalls.ResourceAccess.Write(_bench.PathOf(name));
            if (!proof.Access.ConflictsWith(write))
            {
                _bench.Write(name, $"z changed {Guid.NewGuid()}\n");
            }
        }
    }

    /// <summary>Runs the line in the shell, with the variables that the tool gives it.</summary>
    public (string Output, string Errors) Run(string shell, string line)
    {
        var root = _bench.Workspace.Root;
        var start = new ProcessStartInfo(shell, ["-c", line])
        {
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $".:{root}:{start.Environment["PATH"]}";
        start.Environment["CDPATH"] = $"{root}/folder:{root}/src";
        foreach (var (name, value) in ReadOnlyEnvironment.For(start.Environment.ToDictionary(), root))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), line);
        return (output, errors.GetAwaiter().GetResult());
    }

    public void Dispose() => _bench.Dispose();
}
