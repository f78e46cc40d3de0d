using System.Collections.Immutable;
using Sage.Protocol.Mcp;
using Sage.Protocol.Questions;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>What servers ask the user during a call: a real process at the other end each time.</summary>
public sealed class ElicitationTests : IAsyncDisposable
{
    private const string Ask = "mcp__test__ask";

    private readonly McpRig _rig = new();

    public ElicitationTests() => _rig.Configure("", "rich");

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_form_is_asked_field_by_field_where_the_call_was_made_and_the_answers_have_their_kinds()
    {
        Answer(["Ann"], ["3"], ["Yes"], ["Two words"], ["A", "B"]);

        var said = await AskAsync(
            """
            {"type":"object","required":["name","count","sure","which","many"],"properties":{
              "name":{"type":"string","title":"Name","description":"Of the user"},
              "count":{"type":"integer","minimum":1},
              "sure":{"type":"boolean"},
              "which":{"type":"string","oneOf":[{"const":"one","title":"One word"},{"const":"two","title":"Two words"}]},
              "many":{"type":"array","items":{"type":"string","enum":["A","B","C"]}}}}
            """
        );

        Assert.Contains("\"action\":\"accept\"", said, StringComparison.Ordinal);
        Assert.Contains(
            """{"name":"Ann","count":3,"sure":true,"which":"two","many":["A","B"]}""",
            said,
            StringComparison.Ordinal
        );
        var asked = Assert.Single(_rig.Client.Questions);
        Assert.Equal(("s", "c", new QuestionSource("test", "Where to?")), (asked.SessionId, asked.CallId, asked.From));
        Assert.Equal("Name: Of the user", asked.Questions[0].Text);
        Assert.Equal(["One word", "Two words"], asked.Questions[3].Options.Select(option => option.Label));
        Assert.True(asked.Questions[4].Multiple);
    }

    [Fact]
    public async Task A_wrong_answer_is_asked_again_and_the_right_ones_are_not()
    {
        var rounds = new Queue<ImmutableArray<ImmutableArray<string>>>([
            [
                ["Ann"],
                ["many"],
            ],
            [
                ["9"],
            ],
            [
                ["2"],
            ],
        ]);
        _rig.Client.OnQuestion = (_, _) => Task.FromResult<AskQuestionResult?>(new(rounds.Dequeue()));

        var said = await AskAsync(
            """{"type":"object","required":["name","count"],"properties":{"name":{"type":"string"},"count":{"type":"number","maximum":5}}}"""
        );

        Assert.Contains("""{"name":"Ann","count":2}""", said, StringComparison.Ordinal);
        Assert.Equal(
            ["name", "count", "count – that is no number", "count – it must be at most 5"],
            _rig.Client.Questions.SelectMany(asked => asked.Questions).Select(question => question.Text)
        );
    }

    [Fact]
    public async Task Without_an_answer_the_default_holds_and_what_is_optional_is_left_out()
    {
        Answer([], []);

        var said = await AskAsync(
            """{"type":"object","required":["place"],"properties":{"place":{"type":"string","default":"Rome"},"note":{"type":"string"}}}"""
        );

        Assert.Contains("""{"place":"Rome"}""", said, StringComparison.Ordinal);
        Assert.Equal("place (without an answer: Rome)", _rig.Client.Questions[0].Questions[0].Text);
        Assert.All(_rig.Client.Questions[0].Questions, question => Assert.True(question.IsOptional));
    }

    [Theory]
    [InlineData(true, false, "decline")]
    [InlineData(false, true, "cancel")]
    public async Task The_user_can_say_no_or_close_the_card(bool declined, bool dismissed, string action)
    {
        _rig.Client.OnQuestion = (_, _) => Task.FromResult<AskQuestionResult?>(new([], dismissed, declined));

        Assert.Contains($"\"action\":\"{action}\"", await AskAsync(OneField), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_user_the_answer_is_no() =>
        Assert.Contains("\"action\":\"decline\"", await AskAsync(OneField), StringComparison.Ordinal);

    [Fact]
    public async Task A_question_ends_with_its_call()
    {
        using var stop = new CancellationTokenSource();
        var withdrawn = new TaskCompletionSource();
        _rig.Client.OnQuestion = async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            withdrawn.SetResult();
            token.ThrowIfCancellationRequested();
            return null;
        };
        await _rig.ReadyAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _rig.CallAsync(Ask, $$"""{ "schema": {{OneField}} }""", cancellationToken: stop.Token)
        );
        await withdrawn.Task.WaitAsync(McpRig.Patience);
    }

    [Fact]
    public async Task A_page_is_opened_when_the_user_agrees_to_its_whole_address()
    {
        Answer(["Open"]);
        _rig.Editor.Browser = (_, _) => Task.FromResult(true);
        await _rig.ReadyAsync();

        var said = (await _rig.CallAsync("mcp__test__ask_page")).Outside!.Text;

        Assert.Contains("\"action\":\"accept\"", said, StringComparison.Ordinal);
        Assert.Contains(
            "https://pay.example.com/1",
            _rig.Client.Questions[0].Questions[0].Text,
            StringComparison.Ordinal
        );
        Assert.Equal(
            new OpenAddressParams("https://pay.example.com/1", "test", AddressPurpose.Page),
            Assert.Single(_rig.Editor.Opened)
        );
    }

    [Fact]
    public async Task A_call_that_needs_a_page_first_opens_it_and_tells_the_model_to_wait_for_the_user()
    {
        Answer(["Open"]);
        _rig.Editor.Browser = (_, _) => Task.FromResult(true);
        await _rig.ReadyAsync();

        var result = await _rig.CallAsync("mcp__test__visit");

        Assert.Contains("The page is open there.", result.Text, StringComparison.Ordinal);
        Assert.Equal("https://connect.example.com/2", Assert.Single(_rig.Editor.Opened).Url);
    }

    private const string OneField = """{"type":"object","properties":{"name":{"type":"string"}}}""";

    private void Answer(params ImmutableArray<string>[] answers) =>
        _rig.Client.OnQuestion = (_, _) => Task.FromResult<AskQuestionResult?>(new([.. answers]));

    private async Task<string> AskAsync(string schema)
    {
        await _rig.ReadyAsync();
        return (await _rig.CallAsync(Ask, $$"""{ "schema": {{schema}} }""")).Outside!.Text;
    }
}
