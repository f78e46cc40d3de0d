using Sage.Protocol;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Rpc;

public sealed class RoutingTests
{
    [Fact]
    public async Task A_request_before_initialize_is_refused()
    {
        await using var rig = new ServerRig().Start();

        var (code, message) = await rig.Client.FailAsync("sage/session/list", "{}");

        Assert.Equal(ErrorCodes.ServerNotInitialized, code);
        Assert.Contains("initialize", message, StringComparison.Ordinal);
        await rig.InitializeAsync();
        await rig.NewSessionAsync();
    }

    [Fact]
    public async Task A_second_initialize_is_refused()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var (code, _) = await rig.Client.FailAsync("initialize", """{"processId":null,"capabilities":{} }""");

        Assert.Equal(ErrorCodes.InvalidRequest, code);
    }

    [Fact]
    public async Task A_method_nobody_knows_is_said_to_be_unknown()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var (code, message) = await rig.Client.FailAsync("sage/session/teleport", "{}");

        Assert.Equal(ErrorCodes.MethodNotFound, code);
        Assert.Contains("sage/session/teleport", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_nobody_knows_is_ignored()
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.NotifyAsync("$/somethingNew", """{"a":1}""");
        await rig.Client.NotifyAsync("workspace/somethingNew", """{"a":1}""");

        await rig.NewSessionAsync();
    }

    [Theory]
    [InlineData("sage/turn/run", "{}", "'sessionId'")]
    [InlineData("sage/turn/run", """{"sessionId":"s"}""", "'input'")]
    [InlineData("sage/turn/run", """{"sessionId":"s","input":"hello"}""", "'input'")]
    [InlineData("sage/turn/run", """{"sessionId":"s","input":[]}""", "'input'")]
    [InlineData("sage/turn/run", """{"sessionId":"s","input":[{"type":"text","text":"  "}]}""", "'input'")]
    [InlineData("sage/turn/run", """{"sessionId":"s","input":[{"type":"smell"}]}""", "'input[0]")]
    [InlineData("sage/turn/run", """{"sessionId":"s","input":[{"type":"text"}]}""", "'text'")]
    [InlineData("sage/turn/run", """{"sessionId":"s","input":[{"type":"text","text":"x"}],"mode":"yolo"}""", "'mode'")]
    [InlineData("sage/session/list", """{"limit":0}""", "'limit'")]
    [InlineData("sage/session/list", """{"limit":"many"}""", "'limit'")]
    [InlineData("sage/session/open", """{"sessionId":null}""", "'sessionId'")]
    [InlineData("sage/session/open", """{"sessionId":"x","fromSeq":0}""", "'fromSeq'")]
    [InlineData("sage/session/open", """["x"]""", "named members")]
    [InlineData("sage/model/select", null, "'id'")]
    [InlineData("textDocument/codeAction", """{"textDocument":{} }""", "'uri'")]
    public async Task Wrong_parameters_are_refused_with_the_name_of_the_parameter(
        string method,
        string? parameters,
        string named
    )
    {
        await using var rig = await ServerRig.InitializedAsync();

        var (code, message) = await rig.Client.FailAsync(method, parameters);

        Assert.Equal(ErrorCodes.InvalidParams, code);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_that_are_all_optional_may_be_left_out()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var listed = await rig.Client.CallAsync("sage/session/list");
        var nulled = await rig.Client.CallAsync("sage/session/list", "null");

        Assert.Equal(0, listed.GetProperty("sessions").GetArrayLength());
        Assert.Equal(0, nulled.GetProperty("sessions").GetArrayLength());
    }

    [Fact]
    public async Task A_bug_is_logged_whole_and_answered_without_detail()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Models.Failure = new InvalidOperationException("the innards");

        var (code, message) = await rig.Client.FailAsync("sage/model/list", "{}");

        Assert.Equal(ErrorCodes.InternalError, code);
        Assert.DoesNotContain("innards", message, StringComparison.Ordinal);
        var log = await rig.ReadLogAsync();
        Assert.Contains("the innards", log, StringComparison.Ordinal);
        Assert.Contains("ListModelsHandler", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_a_storage_error_that_says_so()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Journals.Fails = _ => true;

        var (code, message) = await rig.Client.FailAsync("sage/session/create", "{}");

        Assert.Equal(ErrorCodes.StorageFailed, code);
        Assert.Contains("No space left", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_after_shutdown_are_refused_and_exit_ends_the_server_cleanly()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var result = await rig.Client.CallAsync("shutdown");
        var (code, _) = await rig.Client.FailAsync("sage/session/list", "{}");
        await rig.Client.NotifyAsync("exit");

        Assert.Equal(System.Text.Json.JsonValueKind.Null, result.ValueKind);
        Assert.Equal(ErrorCodes.InvalidRequest, code);
        Assert.Equal(0, await rig.Server);
    }

    [Fact]
    public async Task Exit_without_shutdown_is_reported_as_an_error()
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.NotifyAsync("exit");

        Assert.Equal(1, await rig.Server);
    }
}
