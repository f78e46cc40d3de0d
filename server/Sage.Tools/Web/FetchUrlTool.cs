using System.ComponentModel;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Tools.Schemas;
using Sage.Tools.Web.Guarding;

namespace Sage.Tools.Web;

internal sealed record FetchUrlInput([property: Description("http or https.")] string Url);

/// <summary>Reads a page of the public web as Markdown.</summary>
internal sealed class FetchUrlTool(Lazy<WebFetcher> fetcher, IWebSettings settings, TimeProvider time)
    : Tool<FetchUrlInput>(
        Name,
        "Read a web page as Markdown, or text and JSON as they are. Other hosts than public ones are refused.",
        ToolInputJson.Default.FetchUrlInput,
        TimeSpan.FromSeconds(30),
        outputBudget: 100_000
    )
{
    private const string Name = "fetch_url";

    private readonly PageCache _cache = new(time);

    protected override Preparation PrepareCall(FetchUrlInput input, ToolContext context)
    {
        if (!WebAddress.TryParse(input.Url, out var address, out var refusal))
        {
            return new Preparation.Rejected($"{Name} cannot fetch `{input.Url}`: {refusal}.");
        }

        return new Preparation.Accepted(
            new PreparedCall(
                $"Fetch {address.Uri.AbsoluteUri}",
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Execute, Name, address.Site) { Address = address.Uri.AbsoluteUri },
                token => RunAsync(address, token)
            )
            {
                PreflightAsync = _ => Task.FromResult(Look(address)),
            }
        );
    }

    // Names are not resolved before somebody has allowed it: a name that is asked for tells its server something, too.
    private Preflight Look(WebAddress address) =>
        ReachGuard.RefusalOf(address, settings.Read().AllowPrivateHosts) is { } refusal
            ? new Preflight([], ToolResult.Error($"{address.Uri.AbsoluteUri} was not fetched: {refusal}. {HowToAllow}"))
            : Preflight.None;

    private const string HowToAllow =
        "Only the user can allow hosts of their own, with web.allowPrivateHosts in Sage's settings.json.";

    private async Task<ToolResult> RunAsync(WebAddress address, CancellationToken cancellationToken)
    {
        var set = settings.Read();
        if (_cache.Find(address.Uri) is { } kept)
        {
            return Show(kept, address, set, " It was fetched in the last quarter of an hour.");
        }

        switch (await fetcher.Value.GetAsync(address, set, cancellationToken))
        {
            case Fetched.Page fetched:
                var (page, remark) = await WebPage.ReadAsync(fetched, cancellationToken);
                if (page is null)
                {
                    return ToolResult.Error($"{address.Uri.AbsoluteUri} was not read. {remark}");
                }

                _cache.Keep(address.Uri, page);
                return Show(page, address, set, "");
            case Fetched.Moved moved:
                return ToolResult.Ok(
                    $"{address.Uri.AbsoluteUri} redirects to another host, which was not asked. To follow it, fetch {moved.Target.Uri.AbsoluteUri}"
                );
            case Fetched.Failed failed:
                return ToolResult.Error($"{address.Uri.AbsoluteUri} was not fetched. {failed.Why}");
            default:
                throw new InvalidOperationException("An end of a request without an answer.");
        }
    }

    private static ToolResult Show(WebPage page, WebAddress asked, WebSettings set, string remark)
    {
        var url = page.Address.Uri.AbsoluteUri;
        var moved = url == asked.Uri.AbsoluteUri ? "" : $", to which {asked.Uri.AbsoluteUri} redirects";
        return ToolResult.Ok($"{url}{moved}: {page.Remarks}{remark}") with
        {
            Outside = new OutsideText(url, page.Text.Length == 0 ? "(The page has no text.)" : page.Text)
            {
                IsTrusted = ReachGuard.Names(set.TrustedHosts, page.Address.Host),
            },
        };
    }
}
