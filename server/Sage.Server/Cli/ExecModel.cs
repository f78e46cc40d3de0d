namespace Sage.Server.Cli;

/// <summary>Which model a run in the terminal asks.</summary>
internal static class ExecModel
{
    public static string? Choose(IServiceProvider services, ExecOptions options) => options.Model;
}
