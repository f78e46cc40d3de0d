using System.CommandLine;
using Sage.Providers.Catalog;

namespace Sage.Server.Cli;

/// <summary>The options that say which model is meant, for commands that only look at it.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string?> _provider = new("--provider")
    {
        HelpName = "P",
        Description = "Look at this provider instead of the one Sage chooses.",
    };
    private readonly Option<string?> _baseUrl = new("--base-url")
    {
        HelpName = "URL",
        Description = "Where the provider answers.",
    };
    private readonly Option<string?> _model = new("--model") { HelpName = "M", Description = "The model." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _provider, _baseUrl, _model })
        {
            command.Options.Add(option);
        }
    }

    public ProviderOptions Read(ParseResult parsed) =>
        new()
        {
            Provider = parsed.GetValue(_provider),
            BaseUrl = parsed.GetValue(_baseUrl),
            Model = parsed.GetValue(_model),
        };
}
