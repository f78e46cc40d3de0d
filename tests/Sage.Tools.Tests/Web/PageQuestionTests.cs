using Sage.Agent.LanguageModels;
using Sage.Protocol.Events;

namespace Sage.Tools.Tests.Web;

/// <summary>A page that is asked about comes as an answer, and as the page where there is none.</summary>
public sealed class PageQuestionTests : IAsyncLifetime
{
    private readonly WebBench _bench = new();

    public Task InitializeAsync()
    {
        _bench.Site.Page("/a", "<title>Guide</title><p>The port is 8080.");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task The_answer_comes_from_outside_in_place_of_the_page()
    {
        SideQuestion? asked = null;

        var result = await _bench.AskAsync(
            _bench.Site.UrlOf("/a"),
            "Which port?",
            question =>
            {
                asked = question;
                return new SideAnswer.Given("8080.", "Small", LeftOut: 0);
            }
        );

        Assert.Equal(("Title: Guide\n\nThe port is 8080.", "Which port?"), (asked!.Material, asked.Question));
        Assert.Equal((ToolCallStatus.Ok, "8080."), (result.Status, result.Outside!.Text));
        Assert.Equal(
            ($"an answer about {_bench.Site.UrlOf("/a")}", false),
            (result.Outside.Source, result.Outside.IsTrusted)
        );
        Assert.Contains("Small has read it and answers", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_answer_the_page_comes_and_why()
    {
        var result = await _bench.AskAsync(
            _bench.Site.UrlOf("/a"),
            "Which port?",
            _ => new SideAnswer.None("Small did not answer: overloaded.")
        );

        Assert.Equal("Title: Guide\n\nThe port is 8080.", result.Outside!.Text);
        Assert.Contains(
            "Here is the page itself instead of an answer. Small did not answer: overloaded.",
            result.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_the_model_was_not_shown_is_said()
    {
        var result = await _bench.AskAsync(
            _bench.Site.UrlOf("/a"),
            "Which port?",
            _ => new SideAnswer.Given("8080.", "Small", LeftOut: 12_345)
        );

        Assert.Contains("It was not shown the last 12,345 characters.", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/gone", "Which port?")]
    [InlineData("/empty", "Which port?")]
    [InlineData("/a", "  ")]
    public async Task No_model_is_asked_about_nothing(string path, string prompt)
    {
        _bench.Site.Page("/empty", "<p>");

        var result = await _bench.AskAsync(
            _bench.Site.UrlOf(path),
            prompt,
            _ => throw new InvalidOperationException("Nothing is to be asked.")
        );

        Assert.DoesNotContain("instead of an answer", result.Text, StringComparison.Ordinal);
    }
}
