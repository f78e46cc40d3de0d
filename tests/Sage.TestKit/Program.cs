using Sage.TestKit.ScriptedModel;

namespace Sage.TestKit;

internal static class Program
{
    private static async Task<int> Main(string[] args) =>
        args is ["serve", .. var options] ? await ServeCommand.RunAsync(options) : Usage();

    private static int Usage()
    {
        Console.Error.WriteLine("usage: sage-testkit serve [--script FILE] [--port N]");
        return 2;
    }
}
