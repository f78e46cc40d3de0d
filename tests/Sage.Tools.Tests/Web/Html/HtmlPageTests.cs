using Sage.Tools.Web.Html;

namespace Sage.Tools.Tests.Web.Html;

public sealed class HtmlPageTests
{
    private static readonly Uri Address = new("https://example.com/docs/page.html");

    [Theory]
    [InlineData("<h2>A  <b>b</b></h2>x", "## A b\n\nx")]
    [InlineData("<p>one<p>two<br>three", "one\n\ntwo\nthree")]
    [InlineData("<div>a</div><div>b</div>", "a\nb")]
    [InlineData("<a href='../up'>Up</a>", "[Up](https://example.com/up)")]
    [InlineData("<a href='#x'>Here</a> <a href='javascript:x()'>Do</a>", "Here Do")]
    [InlineData("<a href='//cdn.example.org/a(b)'>x</a>", "[x](https://cdn.example.org/a%28b%29)")]
    [InlineData("<a href='/x'><h3>Deep</h3> <p>link</p></a>", "[Deep link](https://example.com/x)")]
    [InlineData("a<a href='/x'></a>b", "ab")]
    [InlineData("<p>a</p><a href='/x'> </a>b", "a\n\nb")]
    [InlineData("a <a href='/x'> b </a>c", "a [b](https://example.com/x)c")]
    [InlineData("<blockquote><h2></h2><a href='/x'>b</a></blockquote>", "> [b](https://example.com/x)")]
    [InlineData("<img src=x.png alt='A chart'>", "[image: A chart]")]
    [InlineData("<img src=x.png>y", "y")]
    [InlineData("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "- a\n- b\n  - c\n- d\n\ne")]
    [InlineData("<ol start=3><li>a<li>b</ol>", "3. a\n4. b")]
    [InlineData("<blockquote><p>a<p>b</blockquote>c", "> a\n>\n> b\n\nc")]
    [InlineData("use <code>a  b</code>, <code>`x`</code>", "use `a b`, `` `x` ``")]
    [InlineData("<pre><code class='language-cs'>if (a)\n    b();\n</code></pre>", "```cs\nif (a)\n    b();\n```")]
    [InlineData("<div class='highlight highlight-source-js'><pre>a;\n\nb;</pre></div>", "```js\na;\n\nb;\n```")]
    [InlineData("<pre>```\nx</pre>", "````\n```\nx\n````")]
    [InlineData("<table><tr><th>a<th>b<tr><td>1<td>2|3</table>", "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |")]
    [InlineData("<table><tr><td><h1>Old layout</h1></td><td>x</td></tr></table>", "# Old layout\n\nx")]
    [InlineData("a<hr>b", "a\n\n---\n\nb")]
    [InlineData("<dl><dt>a<dd>b</dl>", "a\nb")]
    [InlineData("&lt;b&gt; &amp; c", "<b> & c")]
    [InlineData("", "")]
    public async Task Elements_become_Markdown(string html, string markdown) =>
        Assert.Equal(markdown, (await ReadAsync(html)).Markdown);

    [Theory]
    [InlineData("<p hidden>SECRET</p>")]
    [InlineData("<p aria-hidden='true'>SECRET</p>")]
    [InlineData("<p style='display:none'>SECRET</p>")]
    [InlineData("<p style='DISPLAY : NONE !important; color: red'>SECRET</p>")]
    [InlineData("<p style='visibility:hidden'>SECRET</p>")]
    [InlineData("<p style='opacity:0'>SECRET</p>")]
    [InlineData("<p style='opacity: .01'>SECRET</p>")]
    [InlineData("<p style='font-size:0'>SECRET</p>")]
    [InlineData("<p style='font-size:1px'>SECRET</p>")]
    [InlineData("<p style='width:0;height:0;overflow:hidden'>SECRET</p>")]
    [InlineData("<p style='height:1px;overflow:hidden'>SECRET</p>")]
    [InlineData("<p style='position:absolute;left:-9999px'>SECRET</p>")]
    [InlineData("<p style='text-indent:-10000px'>SECRET</p>")]
    [InlineData("<p style='clip-path: inset(50%)'>SECRET</p>")]
    [InlineData("<p style='color:transparent'>SECRET</p>")]
    [InlineData("<p class='note sr-only'>SECRET</p>")]
    [InlineData("<div hidden><div><p>SECRET</div></div>")]
    public async Task What_people_would_not_see_is_left_out_and_counted(string html)
    {
        var page = await ReadAsync($"<p>Before.{html}<p>After.");

        Assert.Equal("Before.\n\nAfter.", page.Markdown);
        Assert.Equal(1, page.Hidden);
    }

    [Theory]
    [InlineData("<!-- SECRET -->")]
    [InlineData("<script>SECRET</script>")]
    [InlineData("<style>SECRET</style>")]
    [InlineData("<noscript>SECRET</noscript>")]
    [InlineData("<template><p>SECRET</template>")]
    [InlineData("<svg><text>SECRET</text></svg>")]
    [InlineData("<iframe srcdoc='SECRET'>SECRET</iframe>")]
    [InlineData("<textarea>SECRET</textarea>")]
    [InlineData("<input value=SECRET>")]
    [InlineData("<nav>SECRET</nav>")]
    [InlineData("<footer>SECRET</footer>")]
    [InlineData("<div role=navigation>SECRET</div>")]
    [InlineData("<p title=SECRET data-x=SECRET></p>")]
    public async Task What_is_not_prose_is_left_out(string html) =>
        Assert.Equal("Before.\n\nAfter.", (await ReadAsync($"<p>Before.{html}<p>After.")).Markdown);

    [Theory]
    [InlineData("<p style='margin-left:-10px;opacity:1;font-size:12px;height:auto;width:100%'>Seen</p>")]
    [InlineData("<p style='font-size:0.9em;max-width:60em'>Seen</p>")]
    [InlineData("<p aria-hidden='false'>Seen</p>")]
    public async Task What_people_see_stays(string html) => Assert.Equal("Seen", (await ReadAsync(html)).Markdown);

    [Fact]
    public async Task The_main_part_is_taken_where_there_is_one()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 60)).Trim();

        var page = await ReadAsync($"<title>T</title><div>Cookies?</div><main><p>{words}</main><div>More</div>");

        Assert.Equal($"Title: T\n\n{words}", page.Markdown);
    }

    [Fact]
    public async Task A_main_part_that_says_nothing_is_not_taken() =>
        Assert.Equal("Outside", (await ReadAsync("<main></main><p>Outside")).Markdown);

    /// <summary>The stack of the server is not the page's to fill.</summary>
    [Theory]
    [InlineData("<div>", 20_000)]
    [InlineData("<span>", 20_000)]
    [InlineData("<blockquote>", 2_000)]
    [InlineData("<ul><li>", 2_000)]
    [InlineData("<table><tr><td>", 500)]
    public async Task A_page_may_be_as_deep_as_it_likes(string open, int times)
    {
        var page = await ReadAsync(string.Concat(Enumerable.Repeat(open, times)) + "Deep");

        Assert.EndsWith("Deep", page.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_stops_being_read_when_the_call_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HtmlPage.ReadAsync("<p>x", Address, stop.Token));
    }

    private static Task<HtmlPage> ReadAsync(string html) => HtmlPage.ReadAsync(html, Address, CancellationToken.None);
}
