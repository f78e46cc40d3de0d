namespace Sage.Providers.Demo;

/// <summary>Names a file's language by its ending.</summary>
internal static class Languages
{
    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = "C#",
        [".ts"] = "TypeScript",
        [".tsx"] = "TypeScript",
        [".mts"] = "TypeScript",
        [".js"] = "JavaScript",
        [".jsx"] = "JavaScript",
        [".mjs"] = "JavaScript",
        [".cjs"] = "JavaScript",
        [".py"] = "Python",
        [".go"] = "Go",
        [".rs"] = "Rust",
        [".java"] = "Java",
        [".kt"] = "Kotlin",
        [".swift"] = "Swift",
        [".c"] = "C",
        [".h"] = "C",
        [".cc"] = "C++",
        [".cpp"] = "C++",
        [".hpp"] = "C++",
        [".rb"] = "Ruby",
        [".php"] = "PHP",
        [".sh"] = "shell script",
        [".ps1"] = "PowerShell",
        [".sql"] = "SQL",
        [".html"] = "HTML",
        [".css"] = "CSS",
        [".scss"] = "CSS",
        [".json"] = "JSON",
        [".yml"] = "YAML",
        [".yaml"] = "YAML",
        [".toml"] = "TOML",
        [".xml"] = "XML",
        [".md"] = "Markdown",
    };

    public static string? Of(string path) => ByEnding.GetValueOrDefault(Path.GetExtension(path));

    /// <summary>What begins a comment line there, and what ends it.</summary>
    public static (string Before, string After) Comment(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".py" or ".rb" or ".sh" or ".ps1" or ".yml" or ".yaml" or ".toml" or ".r" or ".pl" => ("# ", ""),
            ".html" or ".xml" or ".md" or ".vue" or ".svelte" or ".csproj" => ("<!-- ", " -->"),
            ".css" => ("/* ", " */"),
            ".sql" or ".lua" or ".hs" => ("-- ", ""),
            ".ini" or ".lisp" or ".clj" => ("; ", ""),
            _ => ("// ", ""),
        };
}
