using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>
/// Which libvips this process uses: the system's, or one that lies with the application, as a package brings it. Both at a time would be two GLibs and
/// two thread pools, so the first that asks decides for all.
/// </summary>
internal static unsafe class VipsLibrary
{
    private static readonly Lock Gate = new();
    private static (nint Handle, bool IsApplications)? _chosen;

    /// <summary>The library; 0 if there is none.</summary>
    public static nint Handle => Choose(LibvipsSource.Automatic).Handle;

    /// <summary>Finds the library, the first time it is called.</summary>
    /// <returns>The library, 0 if there is none, and whether it lies with the application.</returns>
    public static (nint Handle, bool IsApplications) Choose(LibvipsSource source)
    {
        lock (Gate) return _chosen ??= Find(source);
    }

    private static (nint Handle, bool IsApplications) Find(LibvipsSource source)
    {
        // By its bare name: not where the application's libraries are.
        var system = source == LibvipsSource.Application ? 0 : LoadFirst(NativeLibraries.NamesOfVips);
        if (source == LibvipsSource.System) return (system, false);
        if (system != 0 && ReadsHeic(system)) return (system, IsApplications: false);
        var own = LoadFirst(ApplicationFolders().SelectMany(static folder => NativeLibraries.NamesOfVips.Select(name => Path.Combine(folder, name))));
        if (own == 0) return (system, IsApplications: false);
        if (system != 0) NativeLibrary.Free(system);
        return (own, IsApplications: true);
    }

    /// <summary>
    /// Whether a libvips that has not been started is new enough and reads HEIC. Once started it could not be left for another, so its libheif is asked: the
    /// one it links, or the one that its module links.
    /// </summary>
    private static bool ReadsHeic(nint vips)
    {
        const int Hevc = 1;
        if (!NativeLibrary.TryGetExport(vips, "vips_block_untrusted_set", out _) || !NativeLibrary.TryGetExport(vips, "vips_version", out var version)) return false;
        var (major, minor) = (((delegate* unmanaged<int, int>)version)(0), ((delegate* unmanaged<int, int>)version)(1));
        const string Ask = "heif_have_decoder_for_format";
        if (!NativeLibrary.TryGetExport(vips, Ask, out var hasDecoder)
            && !(VipsModules.FindHeif(major, minor) is { } path && NativeLibrary.TryLoad(path, out var module) && NativeLibrary.TryGetExport(module, Ask, out hasDecoder))) return false;
        return ((delegate* unmanaged<int, int>)hasDecoder)(Hevc) != 0;
    }

    private static nint LoadFirst(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        }
        return 0;
    }

    /// <summary>Where the runtime finds the native libraries of the application's packages, and the folder of the application itself.</summary>
    private static IEnumerable<string> ApplicationFolders() =>
        [.. (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), AppContext.BaseDirectory];
}
