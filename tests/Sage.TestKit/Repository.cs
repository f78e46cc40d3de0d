namespace Sage.TestKit;

/// <summary>Finds checked-in files from wherever the tests run.</summary>
public static class Repository
{
    /// <summary>Absolute path of the repository's root.</summary>
    public static string Root { get; } = Find();

    /// <param name="relative">With <c>/</c>.</param>
    public static string PathOf(string relative) =>
        Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Sage.Server.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("These tests look at checked-in files: run them inside the repository.");
    }
}
