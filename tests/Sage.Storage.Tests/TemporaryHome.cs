using Sage.Agent.Workspaces;
using Sage.Storage.Journals;

namespace Sage.Storage.Tests;

/// <summary>A Sage home of one test's own, removed afterwards.</summary>
internal sealed class TemporaryHome : IDisposable
{
    public TemporaryHome()
    {
        Folder = Directory.CreateTempSubdirectory("sage-storage-").FullName;
        Home = new SageHome(Path.Combine(Folder, "home"));
        Workspace = new Workspace(Path.Combine(Folder, "Shop"));
        Journals = new FileJournals(Home);
    }

    public string Folder { get; }

    public SageHome Home { get; }

    public Workspace Workspace { get; }

    public FileJournals Journals { get; }

    /// <summary>Where the journals of <see cref="Workspace"/> are.</summary>
    public string JournalFolder => Path.Combine(Home.Sessions, FileNames.ForWorkspace(Workspace.Root));

    public string JournalOf(string sessionId) => Path.Combine(JournalFolder, sessionId + ".jsonl");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
