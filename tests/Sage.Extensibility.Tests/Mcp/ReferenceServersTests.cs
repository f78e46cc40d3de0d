using Sage.Extensibility.Mcp.SigningIn;
using Sage.Protocol.Questions;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>The servers that the authors of the protocol publish, in processes of their own.</summary>
public sealed class ReferenceServersTests : IAsyncDisposable
{
    private readonly McpRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_reference_server_is_spoken_to_over_its_input_and_output()
    {
        _rig.OwnServers = $$"""{ "all": {{OtherServers.Entry(OtherServers.Everything, "stdio")}} }""";

        await UseAsync();
    }

    [Theory]
    [InlineData("streamableHttp", "mcp", "http")]
    [InlineData("sse", "sse", "sse")]
    public async Task The_reference_server_is_called_over_HTTP_and_over_the_older_form_of_it(
        string transport,
        string path,
        string type
    )
    {
        var port = CallbackListener.AnyFree();
        using var server = await OtherServers.ServeAsync(transport, port);
        try
        {
            _rig.OwnServers = $$"""{ "all": { "type": "{{type}}", "url": "http://127.0.0.1:{{port}}/{{path}}" } }""";

            await UseAsync();
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_server_over_HTTP_that_dies_is_said_to_have_ended_and_found_again()
    {
        var port = CallbackListener.AnyFree();
        _rig.OwnServers = $$"""{ "all": { "url": "http://127.0.0.1:{{port}}/mcp" } }""";
        using (var first = await OtherServers.ServeAsync("streamableHttp", port))
        {
            await _rig.ReadyAsync();
            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync();
        }

        var lost = await _rig.CallAsync("mcp__all__echo", """{ "message": "hello" }""");
        Assert.Contains("The MCP server all", lost.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_server_reads_a_file_of_the_folder_that_it_was_given()
    {
        using var folder = new TempFolder();
        folder.Write("note.txt", "Ship on Friday.");
        _rig.OwnServers = $$"""{ "files": {{OtherServers.Entry(OtherServers.Filesystem, folder.Root)}} }""";
        await _rig.ReadyAsync();

        var path = System.Text.Json.JsonEncodedText.Encode(folder["note.txt"]);
        var read = await _rig.CallAsync("mcp__files__read_text_file", $$"""{ "path": "{{path}}" }""");

        Assert.Contains("Ship on Friday.", read.Outside!.Text, StringComparison.Ordinal);
    }

    /// <summary>A tool, a prompt, something to read, and a question: whatever the way there.</summary>
    private async Task UseAsync()
    {
        await _rig.ReadyAsync();
        var echo = await _rig.CallAsync("mcp__all__echo", """{ "message": "hello" }""");
        var prompt = await _rig
            .Commands.Expand(_rig.Workspace, "/mcp__all__args-prompt Rome Lazio")!
            .CompleteAsync!(CancellationToken.None);
        var address = _rig.Resources.List(_rig.Workspace)[0].Uri;
        var read = await _rig.Resources.ReadAsync($"@all:{address}", _rig.Workspace, CancellationToken.None);

        Assert.Contains("hello", echo.Outside!.Text, StringComparison.Ordinal);
        Assert.Contains("Rome", prompt.Text, StringComparison.Ordinal);
        Assert.NotEmpty(read);

        // This tool comes only once the server knows that somebody can be asked.
        while (_rig.Read().Tools.All(tool => tool.Definition.Name != "mcp__all__trigger-elicitation-request"))
        {
            await _rig.Log.SaidAsync("offers");
        }

        _rig.Client.OnQuestion = (_, _) => Task.FromResult<AskQuestionResult?>(new([], Declined: true));
        var asked = await _rig.CallAsync("mcp__all__trigger-elicitation-request", "{}");
        Assert.Contains("decline", asked.Outside!.Text, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(_rig.Client.Questions);
    }
}
