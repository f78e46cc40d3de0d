namespace Sage.Extensibility.Hooks.Dialects;

/// <summary>Whose names of tools and arguments a hook knows.</summary>
internal enum HookDialect
{
    Sage,
    Claude,
}
