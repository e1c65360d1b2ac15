using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>
/// The part of libvips that reading a picture row by row needs. Its convenient functions take variable arguments, which cannot be called
/// portably from here, so operations are built through GObject properties.
/// </summary>
internal static unsafe partial class LibVips
{
    static LibVips() => NativeLibraries.Register();

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Init(string name);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_version")]
    public static partial int Version(int flag);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheSize(int operations);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_block_untrusted_set")]
    public static partial void BlockUntrusted(int state);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_source_new_from_memory")]
    public static partial nint SourceFromMemory(byte* data, nuint size);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewOperation(string name);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_object_set_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetFromString(nint @object, string options);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_object_build")]
    public static partial int Build(nint @object);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_object_unref_outputs")]
    public static partial void UnrefOutputs(nint @object);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_source_get_type")]
    public static partial nuint SourceType();

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_type")]
    public static partial nuint ImageType();

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_width")]
    public static partial int Width(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_height")]
    public static partial int Height(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_format")]
    public static partial int BandFormat(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_interpretation")]
    public static partial int Interpretation(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_orientation")]
    public static partial int Orientation(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_n_pages")]
    public static partial int Pages(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_format_sizeof")]
    public static partial ulong BytesPerBand(int bandFormat);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_region_new")]
    public static partial nint NewRegion(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_region_fetch")]
    public static partial byte* Fetch(nint region, int left, int top, int width, int height, out nuint length);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_error_clear")]
    public static partial void ClearErrors();
}
