using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Headless;

/// <summary>A test of the published program without an editor: a home and a folder of its own, and a scripted model.</summary>
public abstract class HeadlessTest : IAsyncLifetime
{
    private protected TempFolder Home { get; } = new();

    private protected TempFolder Folder { get; } = new();

    private protected ScriptedModelServer Model { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Model = await ScriptedModelServer.StartAsync();

    public virtual async Task DisposeAsync()
    {
        await Model.DisposeAsync();
        Home.Dispose();
        Folder.Dispose();
    }
}
