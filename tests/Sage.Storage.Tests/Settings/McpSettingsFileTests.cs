using Sage.Protocol;
using Sage.Protocol.Mcp;
using Sage.Storage.Settings;
using Sage.TestKit;

namespace Sage.Storage.Tests.Settings;

public sealed class McpSettingsFileTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_switched_tool_is_kept_beside_what_the_user_has_written()
    {
        _home.Write("settings.json", "{\n  // My servers.\n  \"mcp\": {\n    \"servers\": {}\n  }\n}\n");

        Switch("push", enabled: false);
        Switch("delete", enabled: false);

        Assert.Equal(
            "{\n  // My servers.\n  \"mcp\": {\n    \"disabledTools\": { \"git\": [\"delete\", \"push\"] },\n    \"servers\": {}\n  }\n}\n",
            Text
        );
        Assert.True(File().Read().IsDisabled("git", "push"));
        Assert.False(File().Read().IsDisabled("other", "push"));

        Switch("push", enabled: true);
        Switch("push", enabled: true);

        Assert.Contains("{ \"git\": [\"delete\"] }", Text, StringComparison.Ordinal);
        Assert.False(File().Read().IsDisabled("git", "push"));
    }

    [Fact]
    public void Without_a_file_one_is_made()
    {
        Switch("push", enabled: false);

        Assert.True(File().Read().IsDisabled("git", "push"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_left_alone_and_it_is_said()
    {
        _home.Write("settings.json", "{ broken");

        var error = Assert.Throws<SageException>(() => Switch("push", enabled: false));

        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Equal("{ broken", Text);
    }

    [Fact]
    public void A_file_that_is_kept_elsewhere_stays_there_with_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _home.Write("dotfiles/sage.json", "{}");
        System.IO.File.SetUnixFileMode(_home["dotfiles/sage.json"], (UnixFileMode)0b110_100_100);
        System.IO.File.CreateSymbolicLink(_home["settings.json"], _home["dotfiles/sage.json"]);

        Switch("push", enabled: false);

        Assert.NotNull(new FileInfo(_home["settings.json"]).LinkTarget);
        Assert.Contains("push", System.IO.File.ReadAllText(_home["dotfiles/sage.json"]), StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b110_100_100, System.IO.File.GetUnixFileMode(_home["dotfiles/sage.json"]));
    }

    private string Text => System.IO.File.ReadAllText(_home["settings.json"]);

    private void Switch(string tool, bool enabled) => File().SetTool(new SetMcpToolParams("git", tool, enabled));

    private McpSettingsFile File()
    {
        var home = new SageHome(_home.Root);
        return new McpSettingsFile(new SettingsFile(home), home);
    }
}
