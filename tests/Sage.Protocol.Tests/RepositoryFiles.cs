namespace Sage.Protocol.Tests;

/// <summary>Finds checked-in files from wherever the tests run.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) =>
        Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Sage.Server.sln")))
            {
                return folder;
            }
        }
        throw new InvalidOperationException("These tests compare checked-in files: run them inside the repository.");
    }
}
