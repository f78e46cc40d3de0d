using System.Text;
using Sage.Agent.Checkpoints;
using Sage.Agent.Extensions;
using Sage.Protocol.Checkpoints;
using Sage.Protocol.Events;
using Sage.Tools.Checkpoints;

namespace Sage.Tools.Tests.Checkpoints;

/// <summary>One file that Sage and a user change in turns, and the history this makes.</summary>
internal sealed class CheckpointBench : IDisposable
{
    public const string Path = "a.txt";
    private const string Session = "session-1";
    private readonly CheckpointFiles _files;
    private int _restores;

    public CheckpointBench() => _files = new CheckpointFiles(Tools.Files, Tools.Images);

    public ToolBench Tools { get; } = new();

    public FileHistory History { get; private set; } = new(Path, []);

    /// <summary>Null when there is no file.</summary>
    public byte[]? Bytes => File.Exists(FullPath) ? File.ReadAllBytes(FullPath) : null;

    public string? Text => Bytes is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public string FullPath => Tools.PathOf(Path);

    public void User(string? text) => Set(text is null ? null : Encoding.UTF8.GetBytes(text));

    public Task AgentAsync(string? text, string turn = "t1") =>
        AgentAsync(text is null ? null : Encoding.UTF8.GetBytes(text), turn);

    public async Task AgentAsync(byte[]? bytes, string turn = "t1")
    {
        var before = await MomentAsync();
        Set(bytes);
        var call = $"c{History.Steps.Length + 1}";
        Add(new FileStep(call, turn, IsRestore: false, before, await MomentAsync()));
    }

    public Task<PendingFile?> PendingAsync() => _files.FindPendingAsync(Scope, CancellationToken.None);

    public Task<string?> OriginalAsync() => _files.ReadOriginalAsync(Scope, CancellationToken.None);

    public Task<RestorableFile?> PreviewAsync(HunkSelection selection) =>
        _files.PreviewAsync(Scope, selection, CancellationToken.None);

    public async Task<bool> KeepAsync(HunkSelection? selection = null)
    {
        var kept = await _files.KeepAsync(Scope, selection ?? new HunkSelection.Pending(), CancellationToken.None);
        if (kept is not null)
        {
            History = History with
            {
                Reviewed = History.Steps.Length,
                Original = FileMoment.Of(kept.Original),
                Current = FileMoment.Of(kept.Current),
            };
        }

        return kept is not null;
    }

    public async Task<FileRestoration> UndoAsync(HunkSelection? selection = null, bool overwrite = false)
    {
        selection ??= new HunkSelection.Pending();
        var done = await _files.RestoreAsync(Scope, selection, overwrite, CancellationToken.None);
        if (done.Restored is { } file)
        {
            var before = new FileMoment(file.Kind != FileChangeKind.Created, file.Before);
            var after = new FileMoment(file.Kind != FileChangeKind.Deleted, file.After);
            Add(new FileStep($"u{++_restores}", "t1", IsRestore: true, before, after));
        }

        return done;
    }

    public HunkSelection OfTurn(string turn) =>
        new HunkSelection.Steps(History.Where(step => step.TurnId == turn && !step.IsRestore));

    public HunkSelection LastStep => new HunkSelection.Steps([History.Steps.Length - 1]);

    public HunkSelection Everything => new HunkSelection.Steps(History.Where(_ => true));

    public void Dispose() => Tools.Dispose();

    private FileScope Scope => new(Tools.Workspace, Session, History);

    private void Add(FileStep step) => History = History with { Steps = History.Steps.Add(step) };

    private void Set(byte[]? bytes)
    {
        if (bytes is null)
        {
            File.Delete(FullPath);
        }
        else
        {
            File.WriteAllBytes(FullPath, bytes);
        }
    }

    private async Task<FileMoment> MomentAsync() =>
        Bytes is { } bytes
            ? new FileMoment(true, await Tools.Images.KeepAsync(Session, bytes, null, CancellationToken.None))
            : new FileMoment(false, null);
}
