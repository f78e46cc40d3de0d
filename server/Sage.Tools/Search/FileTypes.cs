namespace Sage.Tools.Search;

/// <summary>The file types <c>grep</c> knows by name, the same with and without ripgrep.</summary>
internal static class FileTypes
{
    private static readonly SortedDictionary<string, string> Patterns = new(StringComparer.Ordinal)
    {
        ["c"] = "*.{c,h}",
        ["cpp"] = "*.{cpp,cc,cxx,c++,hpp,hh,hxx,h++,h,inl,ipp}",
        ["cs"] = "*.{cs,csx}",
        ["css"] = "*.{css,scss,sass,less}",
        ["dart"] = "*.dart",
        ["docker"] = "{Dockerfile*,*.dockerfile,docker-compose*.yml,docker-compose*.yaml}",
        ["elixir"] = "*.{ex,exs,eex,heex}",
        ["fs"] = "*.{fs,fsx,fsi}",
        ["go"] = "*.go",
        ["haskell"] = "*.{hs,lhs}",
        ["html"] = "*.{html,htm,cshtml,ejs}",
        ["java"] = "*.java",
        ["js"] = "*.{js,jsx,mjs,cjs,vue,svelte}",
        ["json"] = "*.{json,jsonc,json5,jsonl}",
        ["kotlin"] = "*.{kt,kts}",
        ["lua"] = "*.lua",
        ["make"] = "{Makefile*,makefile*,GNUmakefile*,*.mk}",
        ["md"] = "*.{md,mdx,markdown}",
        ["php"] = "*.php",
        ["proto"] = "*.proto",
        ["py"] = "*.{py,pyi,pyw}",
        ["r"] = "*.{r,R,Rmd}",
        ["ruby"] = "{*.rb,*.rake,*.gemspec,Gemfile,Rakefile}",
        ["rust"] = "*.rs",
        ["scala"] = "*.{scala,sc,sbt}",
        ["sh"] = "*.{sh,bash,zsh,fish}",
        ["sql"] = "*.sql",
        ["swift"] = "*.swift",
        ["toml"] = "*.toml",
        ["ts"] = "*.{ts,tsx,mts,cts}",
        ["txt"] = "*.txt",
        ["vb"] = "*.vb",
        ["xml"] = "*.{xml,xsd,xsl,xslt,svg,csproj,props,targets,resx,xaml}",
        ["yaml"] = "*.{yaml,yml}",
        ["zig"] = "*.zig",
    };

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["c++"] = "cpp",
        ["csharp"] = "cs",
        ["c#"] = "cs",
        ["fsharp"] = "fs",
        ["golang"] = "go",
        ["javascript"] = "js",
        ["jsx"] = "js",
        ["markdown"] = "md",
        ["python"] = "py",
        ["rb"] = "ruby",
        ["rs"] = "rust",
        ["bash"] = "sh",
        ["shell"] = "sh",
        ["typescript"] = "ts",
        ["tsx"] = "ts",
        ["yml"] = "yaml",
        ["kt"] = "kotlin",
    };

    public static string Names => string.Join(", ", Patterns.Keys);

    /// <summary>A glob, or null for an unknown name.</summary>
    public static string? PatternOf(string name)
    {
        name = name.Trim().TrimStart('.').ToLowerInvariant();
        return Patterns.GetValueOrDefault(OtherNames.GetValueOrDefault(name, name));
    }
}
