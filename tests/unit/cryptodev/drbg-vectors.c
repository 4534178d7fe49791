/*
 * Known answers of deterministic random bit generators
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * NIST's, of the Cryptographic Algorithm Validation Program:
 * drbgtestvectors.zip, CAVS 14.3, files HMAC_DRBG.rsp of the archives
 * drbgvectors_no_reseed, drbgvectors_pr_false and drbgvectors_pr_true.  The
 * second and third word of a name tell which archive, and whether there are
 * personalization strings and additional inputs; it is the answer with COUNT 0
 * in the first section of that hash and kind.
 */

#include "qemu/osdep.h"
#include "drbg-vectors.h"

const DrbgVector drbg_vectors[] = {
    {
        .name = "sha-1/no-reseed/plain",
        .hash = CRYPTODEV_HASH_SHA1,
        .strength = 128,
        .entropy = "e91b63309e93d1d08e30e8d556906875",
        .nonce = "f59747c468b0d0da",
        .personalization = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "b7928f9503a417110788f9d0c2585f8aee6fb73b220a626b3ab9825b7a9facc7"
            "9723d7e1ba9255e40e65c249b6082a7bc5e3f129d3d8f69b04ed1183419d6c4f"
            "2a13b304d2c5743f41c8b0ee73225347",
    },
    {
        .name = "sha-1/no-reseed/inputs",
        .hash = CRYPTODEV_HASH_SHA1,
        .strength = 128,
        .entropy = "c27f80b1d085dd15cb163f0336d07745",
        .nonce = "7ecb3f32a90242f7",
        .personalization = "4deb622a31b4c530348b5f08008fb7ee",
        .inputs[0] = "5a84f94804e2d04ead773d2a324b34d6",
        .inputs[1] = "226d9f4d720f580c2be44d4eaf2ec8db",
        .bits =
            "6db76a0a003a64dec6801dd3271fae8a43aa8ce2e0d205e3830e267072abe28d"
            "2a6f707494d15638559fa4282843760daa90eec5d2865ea11e836e60345160d5"
            "112445ab1754b578b55471a1d9caf275",
    },
    {
        .name = "sha-1/pr-false/plain",
        .hash = CRYPTODEV_HASH_SHA1,
        .strength = 128,
        .entropy = "79349bbf7cdda5799557866621c91383",
        .nonce = "1146733abf8c35c8",
        .personalization = "",
        .reseed = "c7215b5b96c48e9b338c74e3e99dfedf",
        .reseed_input = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "c6a16ab8d420706f0f34ab7fec5adca9d8ca3a133e159ca6ac43c6f8a2be2283"
            "4a4c0a0affb10d7194f1c1a5cf7322ec1ae0964ed4bf122746e087fdb5b3e91b"
            "3493d5bb98faed49e85f130fc8a459b7",
    },
    {
        .name = "sha-1/pr-false/inputs",
        .hash = CRYPTODEV_HASH_SHA1,
        .strength = 128,
        .entropy = "03e7b41c95818eb0b667bfa8a175a824",
        .nonce = "66a1e417a9b6b92f",
        .personalization = "126dded5eb0bc81be37c10bcd9d5f793",
        .reseed = "d17e98c2e50ee0db00d25c3364451e95",
        .reseed_input = "dc596d188e2343802240bc7f5cc60516",
        .inputs[0] = "14c8ec10f5bdde6b9e75898d7f9f03d0",
        .inputs[1] = "31aa842afcc1daa94098241a87d6ddfc",
        .bits =
            "4739b1bcf87404a2290829bd7a61f0b391a794c71c055c7cc513b28dcb5fdc88"
            "645bc9cb490f41fab134c6b33ce9336571762754343961de671b02a47960b4b4"
            "e23c5bfb87dcc19b260b3bcb921ae325",
    },
    {
        .name = "sha-1/pr-true/plain",
        .hash = CRYPTODEV_HASH_SHA1,
        .strength = 128,
        .prediction_resistance = true,
        .entropy = "a0c9ab58f1e2e5a4de3ebd4ff73e9c5b",
        .nonce = "64efd8ca028cf811",
        .personalization = "",
        .fresh[0] = "48a584fe69ab5aee42aa4d42176099d4",
        .inputs[0] = "",
        .fresh[1] = "5e1397dc404d86a37bf55954756951e4",
        .inputs[1] = "",
        .bits =
            "9a00a2d00ed59bfe31ecb1399b608148d1969d250d3c1e94101098129325cab8"
            "fccc2d54731970c0107aa4892519955e4bc6001d7f4e6a2bf8a301ab46055c09"
            "a67188f1a740eef3e15c029b44af0344",
    },
    {
        .name = "sha-1/pr-true/inputs",
        .hash = CRYPTODEV_HASH_SHA1,
        .strength = 128,
        .prediction_resistance = true,
        .entropy = "680face90d7bca21d4a0edb7799ee5d8",
        .nonce = "b7be9eeddd0e3b4b",
        .personalization = "f58c40ae70f7a55648a931a0a9313dd7",
        .fresh[0] = "7cafe231630aa95a742c4e5f5f22c6a4",
        .inputs[0] = "dc3663f062789cd15cbb20c3c18cd9d7",
        .fresh[1] = "1c0d7792898827948a589f822d1af7a6",
        .inputs[1] = "fe85b0ab14c696e69c24e7b5a137120c",
        .bits =
            "68004b3a28f7f01cf9e9b5712079ef80871b08b9a91bcd2b9f094da48480b34c"
            "afd5596b0c0a48e148dabc6f77b8ffaf187028e104137a4feb1c72b0c44fe8b1"
            "afaba5bcfd8667f2f55b4606632e3cbc",
    },
    {
        .name = "sha-224/no-reseed/plain",
        .hash = CRYPTODEV_HASH_SHA224,
        .strength = 192,
        .entropy = "a76e77a969ab92645181f0157802523746c34bf321867641",
        .nonce = "051ed6ba39368033adc93d4e",
        .personalization = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "8925987db5566e60520f09bdddab488292bed92cd385e5b6fc223e1919640b4e"
            "34e34575033e56c0a8f608be21d3d221c67d39abec98d81312f3a2653d55ffbf"
            "44c337c82bed314c211be23ec394399ba351c4687dce649e7c2a1ba7b0b5dab1"
            "25671b1bcf9008da65cad612d95ddc92",
    },
    {
        .name = "sha-224/no-reseed/inputs",
        .hash = CRYPTODEV_HASH_SHA224,
        .strength = 192,
        .entropy = "e4547261c9dda6bafe9fddf435a80ebc96354c7c2c8847c5",
        .nonce = "d26c6e73a967bfc4ebaf8613",
        .personalization = "42849dc8eec611eaa49252067fa60d7d7267d711dc35b576",
        .inputs[0] = "815f50fc233f157f96ad0627c355bce407b269dca91af661",
        .inputs[1] = "775a1c9da6f58d4eb95b27935ecc01dde31ff17ce2e4e65d",
        .bits =
            "25adb777523a80a6dbb6ac1fd08e02bfc4b4686cec5efe3ae9aa2d4469eae8c9"
            "c3693fdc8e0fc107720b7789ef7331e23fe3799412ec86857ffbba515a5af4d9"
            "1013b2f17669421c822005b4747942790a11a24c4974f27d54de69727b0ed507"
            "b6a48a9d6c53f93e2f3d33df73dd643f",
    },
    {
        .name = "sha-224/pr-false/plain",
        .hash = CRYPTODEV_HASH_SHA224,
        .strength = 192,
        .entropy = "09effa3906a5e93d05530edc71e62b39c5e4da020537176c",
        .nonce = "23823da52dbdbae8307656cd",
        .personalization = "",
        .reseed = "af8f861471dba14533c880505874098917e338f20ef8d8a1",
        .reseed_input = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "d5de8a3388b11e45085f6d9a009462947631c4e74523080ccd03a0196aa56b63"
            "a93a2939f490e9456e9fce3e9000e58190991b9aed6d145ac18f65cf2b1c17eb"
            "021acc5256eb6a7e9023f62aed87d15ea4e4b328f265cc34adbc062d54524365"
            "cc9c5073a8371f35dc2f459e1d027515",
    },
    {
        .name = "sha-224/pr-false/inputs",
        .hash = CRYPTODEV_HASH_SHA224,
        .strength = 192,
        .entropy = "96ae702af50c50c7c38818a5133938bd7ce51197fc78e218",
        .nonce = "15b6c5a7ff9c0395d764159f",
        .personalization = "e96554644097e9932585b7f4bb14d101f24c8b0376f38c05",
        .reseed = "707d5813e5bf47c1b8232b44a007bf7decfef499d758ed53",
        .reseed_input = "3f698a5f6f4fe67ef2ddf23bd5a67c1a2df4f3b19425fb85",
        .inputs[0] = "fe1f6a90fc0ed396bca21c0d40a1bb583eb63df78c98adac",
        .inputs[1] = "5942b56148f27dd5388f00caa47ffd4925e854237fe14454",
        .bits =
            "150b9260ce9aa419fe1860332ae7c9f42d9ada1649679b53f46bc9d20de34311"
            "86a54afb5df7b6269cdc05540a93fdd50a2cd3a862372d862841768df02846b0"
            "57993dd6aa32f874b7220a5a1fd9cb573d720a54af5715cedfc16f0d9a467735"
            "e253b2b1a6e97421fcee1f2d670dec1a",
    },
    {
        .name = "sha-224/pr-true/plain",
        .hash = CRYPTODEV_HASH_SHA224,
        .strength = 192,
        .prediction_resistance = true,
        .entropy = "f3a709bb47a36838cb998fb6986ff074c57932a669670570",
        .nonce = "ff6cd1b202ee1da014a011f4",
        .personalization = "",
        .fresh[0] = "3fc02c51ffcb4048cc060763f2c58de2edd494275da14118",
        .inputs[0] = "",
        .fresh[1] = "c9cb7fd50475c66cc7e792406213a7d00cf7623d931a5947",
        .inputs[1] = "",
        .bits =
            "bbe3daefa61fe302bdaa6d4d379680acfd0d456b5d35f137c145b72626f2fcf3"
            "9fdf7f3708d9e88c1710408a3d7ece3b0261ff538846fd5452149960215c0c22"
            "beafe6cd24a7c392d5845774b87528912c322119a2adf4d35a0ba61dd36ffc8a"
            "7e7475afec58ad4a8cf343afb677f087",
    },
    {
        .name = "sha-224/pr-true/inputs",
        .hash = CRYPTODEV_HASH_SHA224,
        .strength = 192,
        .prediction_resistance = true,
        .entropy = "c3005cdc5c5b7b25ed78c9684f3faf6278f9a9c5a9fb2020",
        .nonce = "14a29882e50b21e56ec8b794",
        .personalization = "c4506109937e0f9352fc881b0396b0a103626a15addfe525",
        .fresh[0] = "7fe871daec2626f32372123f44a8721ff4339e0a20f978ea",
        .inputs[0] = "6ee49c76d138eaa3fc10cf411e0b8ad5488d77f74faacf13",
        .fresh[1] = "27609eb495c2342e9ba719bbd2b44ff503db2322ada1c982",
        .inputs[1] = "8825122b506dd6f3a58811fe6c9a7e9271a6e68dcdd590e2",
        .bits =
            "e818887ca1c84717e277baf00913d65ed58a8f90b8728080a03043bb2ab53f55"
            "fa605ba0cfab29b4cb694f6aae6594dedcbe6f74e1f7573c2944f3703b89a527"
            "89b0170077ea8e66d8299ba5cc139943ab96254065a27abca2098a85162fb01d"
            "294d8671b00206b7f784319384e01b3d",
    },
    {
        .name = "sha-256/no-reseed/plain",
        .hash = CRYPTODEV_HASH_SHA256,
        .strength = 256,
        .entropy =
            "ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488",
        .nonce = "659ba96c601dc69fc902940805ec0ca8",
        .personalization = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89"
            "d54fbb978a15b5c443c9ec21036d2460b6f73ebad0dc2aba6e624abf07745bc1"
            "07694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668"
            "961df86803482cb37ed6d5c0bb8d50cf1f50d476aa0458bdaba806f48be9dcb8",
    },
    {
        .name = "sha-256/no-reseed/inputs",
        .hash = CRYPTODEV_HASH_SHA256,
        .strength = 256,
        .entropy =
            "5d3286bc53a258a53ba781e2c4dcd79a790e43bbe0e89fb3eed39086be34174b",
        .nonce = "c5422294b7318952ace7055ab7570abf",
        .personalization =
            "2dba094d008e150d51c4135bb2f03dcde9cbf3468a12908a1b025c120c985b9d",
        .inputs[0] =
            "793a7ef8f6f0482beac542bb785c10f8b7b406a4de92667ab168ecc2cf7573c6",
        .inputs[1] =
            "2238cdb4e23d629fe0c2a83dd8d5144ce1a6229ef41dabe2a99ff722e510b530",
        .bits =
            "d04678198ae7e1aeb435b45291458ffde0891560748b43330eaf866b5a6385e7"
            "4c6fa5a5a44bdb284d436e98d244018d6acedcdfa2e9f499d8089e4db86ae89a"
            "6ab2d19cb705e2f048f97fb597f04106a1fa6a1416ad3d859118e079a0c319eb"
            "95686f4cbcce3b5101c7a0b010ef029c4ef6d06cdfac97efb9773891688c37cf",
    },
    {
        .name = "sha-256/pr-false/plain",
        .hash = CRYPTODEV_HASH_SHA256,
        .strength = 256,
        .entropy =
            "06032cd5eed33f39265f49ecb142c511da9aff2af71203bffaf34a9ca5bd9c0d",
        .nonce = "0e66f71edc43e42a45ad3c6fc6cdc4df",
        .personalization = "",
        .reseed =
            "01920a4e669ed3a85ae8a33b35a74ad7fb2a6bb4cf395ce00334a9c9a5a5d552",
        .reseed_input = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "76fc79fe9b50beccc991a11b5635783a83536add03c157fb30645e611c2898bb"
            "2b1bc215000209208cd506cb28da2a51bdb03826aaf2bd2335d576d519160842"
            "e7158ad0949d1a9ec3e66ea1b1a064b005de914eac2e9d4f2d72a8616a802254"
            "22918250ff66a41bd2f864a6a38cc5b6499dc43f7f2bd09e1e0f8f5885935124",
    },
    {
        .name = "sha-256/pr-false/inputs",
        .hash = CRYPTODEV_HASH_SHA256,
        .strength = 256,
        .entropy =
            "cdb0d9117cc6dbc9ef9dcb06a97579841d72dc18b2d46a1cb61e314012bdf416",
        .nonce = "d0c0d01d156016d0eb6b7e9c7c3c8da8",
        .personalization =
            "6f0fb9eab3f9ea7ab0a719bfa879bf0aaed683307fda0c6d73ce018b6e34faaa",
        .reseed =
            "8ec6f7d5a8e2e88f43986f70b86e050d07c84b931bcf18e601c5a3eee3064c82",
        .reseed_input =
            "1ab4ca9014fa98a55938316de8ba5a68c629b0741bdd058c4d70c91cda5099b3",
        .inputs[0] =
            "16e2d0721b58d839a122852abd3bf2c942a31c84d82fca74211871880d7162ff",
        .inputs[1] =
            "53686f042a7b087d5d2eca0d2a96de131f275ed7151189f7ca52deaa78b79fb2",
        .bits =
            "dda04a2ca7b8147af1548f5d086591ca4fd951a345ce52b3cd49d47e84aa31a1"
            "83e31fbc42a1ff1d95afec7143c8008c97bc2a9c091df0a763848391f68cb4a3"
            "66ad89857ac725a53b303ddea767be8dc5f605b1b95f6d24c9f06be65a973a08"
            "9320b3cc42569dcfd4b92b62a993785b0301b3fc452445656fce22664827b88f",
    },
    {
        .name = "sha-256/pr-true/plain",
        .hash = CRYPTODEV_HASH_SHA256,
        .strength = 256,
        .prediction_resistance = true,
        .entropy =
            "9969e54b4703ff31785b879a7e5c0eae0d3e309559e9fe96b0676d49d591ea4d",
        .nonce = "07d20d46d064757d3023cac2376127ab",
        .personalization = "",
        .fresh[0] =
            "c60f2999100f738c10f74792676a3fc4a262d13721798046e29a295181569f54",
        .inputs[0] = "",
        .fresh[1] =
            "c11d4524c9071bd3096015fcf7bc24a607f22fa065c937658a2a77a8699089f4",
        .inputs[1] = "",
        .bits =
            "abc015856094803a938dffd20da94843870ef935b82cfec17706b8f551b83850"
            "44235dd44b599f94b39be78dd476e0cf11309c995a7334e0a78b37bc95862350"
            "86fa3b637ba91cf8fb65efa22a589c137531aa7b2d4e2607aac27292b01c698e"
            "6e01ae679eb87c01a89c7422d4372d6d754ababb4bf896fcb1cd09d692d0283f",
    },
    {
        .name = "sha-256/pr-true/inputs",
        .hash = CRYPTODEV_HASH_SHA256,
        .strength = 256,
        .prediction_resistance = true,
        .entropy =
            "4294671d493dc085b5184607d7de2ff2b6aceb734a1b026f6cfee7c5a90f03da",
        .nonce = "d071544e599235d5eb38b64b551d2a6e",
        .personalization =
            "63bc769ae1d95a98bde870e4db7776297041d37c8a5c688d4e024b78d83f4d78",
        .fresh[0] =
            "db9b4790b62336fbb9a684b82947065393eeef8f57bd2477141ad17e776dac34",
        .inputs[0] =
            "28848becd3f47696f124f4b14853a456156f69be583a7d4682cff8d44b39e1d3",
        .fresh[1] =
            "4a9abe80f6f522f29878bedf8245b27940a76471006fb4a4110beb4decb6c341",
        .inputs[1] =
            "8bfce0b7132661c3cd78175d83926f643e36f7608eec2c5dac3ddcbacc8c2182",
        .bits =
            "e580dc969194b2b18a97478aef9d1a72390aff14562747bf080d741527a6655c"
            "e7fc135325b457483a9f9c70f91165a811cf4524b50d51199a0df3bd60d12aba"
            "c27d0bf6618e6b114e05420352e23f3603dfe8a225dc19b3d1fff1dc245dc6b1"
            "df24c741744bec3f9437dbbf222df84881a457a589e7815ef132f686b760f012",
    },
    {
        .name = "sha-384/no-reseed/plain",
        .hash = CRYPTODEV_HASH_SHA384,
        .strength = 256,
        .entropy =
            "a1dc2dfeda4f3a1124e0e75ebfbe5f98cac11018221dda3fdcf8f9125d68447a",
        .nonce = "bae5ea27166540515268a493a96b5187",
        .personalization = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "228293e59b1e4545a4ff9f232616fc5108a1128debd0f7c20ace837ca105cbf2"
            "4c0dac1f9847dafd0d0500721ffad3c684a992d110a549a264d14a8911c50be8"
            "cd6a7e8fac783ad95b24f64fd8cc4c8b649eac2b15b363e30df79541a6b8a1ca"
            "ac238949b46643694c85e1d5fcbcd9aaae6260acee660b8a79bea48e079ceb6a"
            "5eaf4993a82c3f1b758d7c53e3094eeac63dc255be6dcdcc2b51e5ca45d2b206"
            "84a5a8fa5806b96f8461ebf51bc515a7dd8c5475c0e70f2fd0faf7869a99ab6c",
    },
    {
        .name = "sha-384/no-reseed/inputs",
        .hash = CRYPTODEV_HASH_SHA384,
        .strength = 256,
        .entropy =
            "c2feb900032f2cca98d3f60536f563d8ac9af5fb2e90dba36c371c0a1c58cf5e",
        .nonce = "4a60f2be0fa13b8266b715be8aad128c",
        .personalization =
            "8e6f9be0c692648072d19c750804b10e2ec313c8013abd363de7a467787859f2",
        .inputs[0] =
            "72f54ba3f8e71ad69a040bb8493283acfc8815f17dbcea220ecd68372a2dffae",
        .inputs[1] =
            "adce8157ef60482841dd2ac5ac512bf7649120c1dba81ea75f2a70b7512bb6f3",
        .bits =
            "e76e4326ac69ddbc6b2408c529b05a96425c65cc65671601191238e9434d2a01"
            "47f3a25ce9b6818774f5263c92459bca421d2b492f9a9c2971359baaa1426d6e"
            "2c36d8924f39d02ee2fb5502c4e0b206dbe9aeeacd508abe6c055d547b5f9f35"
            "de4fdc9c05a2c63ad699a3a7e265598b8f40a8a295d7376b88c49af9edc790b8"
            "a5ee221e19877616678e2a5135d7b3756109200439d9ec8bfe0cc5f3c334ca9c"
            "022ab9192d5d554dc7ae76af1dc06d814427f46a7cfa2dcc62f4777d07ebde7d",
    },
    {
        .name = "sha-384/pr-false/plain",
        .hash = CRYPTODEV_HASH_SHA384,
        .strength = 256,
        .entropy =
            "096349506f3a7653d54db7ec1d09e93413edd175b6ddbeb00e56752a520ac8ff",
        .nonce = "fc7983b918acadaa71a67e1624f1b502",
        .personalization = "",
        .reseed =
            "4260a0495fdaba58aae41df82505012d480c8e4f751fd7ebc39f9becd694b2a3",
        .reseed_input = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "f4c7bec0c26cf3892d214549ac6f3d82f34c6966d4295099ee56166e879a70ec"
            "ae130251facda351e903d877b6c5eab5153ce87ba6c7cf8bcc61cbd14cfbe34c"
            "f1ed43678aee69cd87b60e6bcb6ff48ebd44ce9e31982d8fe20aec34fa51d625"
            "f845f61056575969bf785c2ffab4dcc754f13de63423e94bad8d5e166d96a62a"
            "602d3ee4045df162028b89cac45e6207d9097f2b3ac0ab17729251985f276f12"
            "87f5c56cc9ba1a79fbdbb291f3a945fbfdbd63cf13b82ec91f7b1085b33279e3",
    },
    {
        .name = "sha-384/pr-false/inputs",
        .hash = CRYPTODEV_HASH_SHA384,
        .strength = 256,
        .entropy =
            "c4868db5c46fde0a10008838b5be62c349209fded42fab461b01e11723c8242a",
        .nonce = "618faba54acba1e0afd4b27cbd731ed9",
        .personalization =
            "135132cf2b8a57554bdc13c68e90dc434353e4f65a4d5ca07c3e0a13c62e7265",
        .reseed =
            "d30016b5827dc2bfe4034c6654d69775fe98432b19e3da373213d939d391f54a",
        .reseed_input =
            "a0bbd02f6aa71a06d1642ca2cc7cdc5e8857e431b176bcf1ecd20f041467bd2d",
        .inputs[0] =
            "93ee30a9e7a0e244aa91da62f2215c7233bdfc415740d2770780cbbad61b9ba2",
        .inputs[1] =
            "36d922cacca00ae89db8f0c1cae5a47d2de8e61ae09357ca431c28a07907fce1",
        .bits =
            "2aac4cebed080c68ef0dcff348506eca568180f7370c020deda1a4c9050ce94d"
            "4db90fd827165846d6dd6cb2031eec1634b0e7f3e0e89504e34d248e23a8fb31"
            "cd32ff39a486946b2940f54c968f96cfc508cd871c84e68458ca7dccabc6dcfb"
            "1e9fbef9a47caae14c5239c28686e0fc0942b0c847c9d8d987970c1c5f5f06ea"
            "a8385575dacb1e925c0ed85e13edbb9922083f9bbbb79405411ff5dfe7061568"
            "5df1f1e49867d0b6ed69afe8ac5e76ffab6ff3d71b4dae998faf8c7d5bc6ae4d",
    },
    {
        .name = "sha-384/pr-true/plain",
        .hash = CRYPTODEV_HASH_SHA384,
        .strength = 256,
        .prediction_resistance = true,
        .entropy =
            "51ec4987ddacbcf6348e4a891fa571c6e3aec02879eb0181a121a4846344a687",
        .nonce = "cdff9798761875320256e5a59bc94663",
        .personalization = "",
        .fresh[0] =
            "faab8864cc0bb1e64343c0b978fcc0d6e84d0d17c1c1f4093fac3b4c01837c6b",
        .inputs[0] = "",
        .fresh[1] =
            "37d189d7608f0c335eb38fe1f43573e0c525093f60ef618bab297b8a4d9d8c16",
        .inputs[1] = "",
        .bits =
            "ade04730059471b1829bec8dfbb0ec708be7b4e77d688ce7cfba9ddde059a52f"
            "969407291440aa79492f827fe1a2f6568989fd36b4fd84e6699152536bff1538"
            "8af319fb306f07de4309eb92ba3da5f7007948335993698d398bac42029912be"
            "c6ba39226c2bf238733b5081aa0a2ca392a719385184be619d9ca56771d8e371"
            "6a46cfb339f93ff48abe406ef788db2ada45ab5fcb7f689bd801a5ccad855b52"
            "cd4bf1d6e338f2c3eac94ce9fdd0dd06632d01ded3753e87957e8569a67eccad",
    },
    {
        .name = "sha-384/pr-true/inputs",
        .hash = CRYPTODEV_HASH_SHA384,
        .strength = 256,
        .prediction_resistance = true,
        .entropy =
            "8b285ce6b4da70c83fd72aab1b4be62101bf9b29e168726ea2f670aab0deaefc",
        .nonce = "5da3404c494c6019ea33679e37cec308",
        .personalization =
            "723c0f287db4af285c195cebb1104a106f22e8b243fdcd0566228ab5f227a9e3",
        .fresh[0] =
            "dab13e0cb060f66c1c83fc6fba46477d1a3c802edd7594db0b297dedb9ccbc80",
        .inputs[0] =
            "881a1874c800db068b5913d195058d0726458de3782ff530af1a761f9628547f",
        .fresh[1] =
            "0c817f05658fb9b4c99938ae2140160c4a16d548634a353bc285cb38d0e93243",
        .inputs[1] =
            "0c27cf271bd7931d187ec6f56038519674468fa2e7e6f994904c9f1afa346939",
        .bits =
            "51e042dd56a193908c9018c25f1c1a8b5e2734b055c3b7fde6a8ba9ec2b95934"
            "9df29295abb0a24b4715f98d31de0a369e6262c2b2cd49c5462b7ae284e921f5"
            "ad2ec013edc1611343c228683f4170f34a75854b1b656d226e294172d488c10a"
            "415f09dee70984b9c49e8d36863192301d1762145e0d9e94e99bd30ce8490438"
            "ed050f418cf4ba0b07fe90a82d1ccf38578d99edf0518c4a758a199db4d3533c"
            "4dbc55b1da19840b8f365a574aa01647819032dc0ad641388c2093ebd4ab5d99",
    },
    {
        .name = "sha-512/no-reseed/plain",
        .hash = CRYPTODEV_HASH_SHA512,
        .strength = 256,
        .entropy =
            "35049f389a33c0ecb1293238fd951f8ffd517dfde06041d32945b3e26914ba15",
        .nonce = "f7328760be6168e6aa9fb54784989a11",
        .personalization = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "e76491b0260aacfded01ad39fbf1a66a88284caa5123368a2ad9330ee48335e3"
            "c9c9ba90e6cbc9429962d60c1a6661edcfaa31d972b8264b9d4562cf18494128"
            "a092c17a8da6f3113e8a7edfcd4427082bd390675e9662408144971717303d8d"
            "c352c9e8b95e7f35fa2ac9f549b292bc7c4bc7f01ee0a577859ef6e82d79ef23"
            "892d167c140d22aac32b64ccdfeee2730528a38763b24227f91ac3ffe47fb115"
            "38e435307e77481802b0f613f370ffb0dbeab774fe1efbb1a80d01154a9459e7"
            "3ad361108bbc86b0914f095136cbe634555ce0bb263618dc5c367291ce082551"
            "8987154fe9ecb052b3f0a256fcc30cc14572531c9628973639beda456f2bddf6",
    },
    {
        .name = "sha-512/no-reseed/inputs",
        .hash = CRYPTODEV_HASH_SHA512,
        .strength = 256,
        .entropy =
            "e97a4631d0a08d549cde8af9a1aae058e3e9585575a726c76a27bc62bed18a4b",
        .nonce = "227221d5fe5a5db9810f9afe56a3ee78",
        .personalization =
            "94084b11d55e0f9c2ef577741753af66ad7a25b28524b50ea970105c3545e97d",
        .inputs[0] =
            "24c81d4773938371b906cf4801957ac22f87432b9c8a84bc5ac04ad5b1cc3f57",
        .inputs[1] =
            "c8c878451e2b76577c36393ca253888c1038885bbfdacd8539615a611e2ac00b",
        .bits =
            "761422dea283262998c0ffffefc77de2d395c818b9cf1ac2bcd1153235e0d8b6"
            "3199c51e195135a75f1f87b454484ecc560c532c7ba5923c9490a423c1774534"
            "59d81efc38ce2939226043cb733062eae303a009b48ee0cf3c7e40abe2b57a70"
            "a6062c669a9fbff20b4c94b4ecbc5f744a80d7be8134359581d441da921737b1"
            "329470b214f3e679fb7ad48baf046bac59a36b5770806cdef28cc4a8fd0e049b"
            "924c3c9216e00ba63c2ff771d66b7520dd33a85382a84b622717e594e447c919"
            "926a5b2e94d490ee626da9df587fed674067917963fd51d383e55730c17a1245"
            "55e2e46e1395c9920d07dae4d67ffee5c759b6a326eec6d7b3ba6dee012e4807",
    },
    {
        .name = "sha-512/pr-false/plain",
        .hash = CRYPTODEV_HASH_SHA512,
        .strength = 256,
        .entropy =
            "48c121b18733af15c27e1dd9ba66a9a81a5579cdba0f5b657ec53c2b9e90bbf6",
        .nonce = "bbb7c777428068fad9970891f879b1af",
        .personalization = "",
        .reseed =
            "e0ffefdadb9ccf990504d568bdb4d862cbe17ccce6e22dfcab8b4804fd21421a",
        .reseed_input = "",
        .inputs[0] = "",
        .inputs[1] = "",
        .bits =
            "05da6aac7d980da038f65f392841476d37fe70fbd3e369d1f80196e66e54b8fa"
            "db1d60e1a0f3d4dc173769d75fc3410549d7a843270a54a068b4fe767d7d9a59"
            "604510a875ad1e9731c8afd0fd50b825e2c50d062576175106a9981be37e02ec"
            "7c5cd0a69aa0ca65bddaee1b0de532e10cfa1f5bf6a026e47379736a099d6750"
            "ab121dbe3622b841baf8bdcbe875c85ba4b586b8b5b57b0fecbec08c12ff2a94"
            "53c47c6e32a52103d972c62ab9affb8e728a31fcefbbccc556c0f0a35f4b10ac"
            "e2d96b906e36cbb72233201e536d3e13b045187b417d2449cad1edd192e061f1"
            "2d22147b0a176ea8d9c4c35404395b6502ef333a813b6586037479e0fa3c6a23",
    },
    {
        .name = "sha-512/pr-false/inputs",
        .hash = CRYPTODEV_HASH_SHA512,
        .strength = 256,
        .entropy =
            "da740cbc36057a8e282ae717fe7dfbb245e9e5d49908a0119c5dbcf0a1f2d5ab",
        .nonce = "46561ff612217ba3ff91baa06d4b5440",
        .personalization =
            "fc227293523ecb5b1e28c87863626627d958acc558a672b148ce19e2abd2dde4",
        .reseed =
            "1d61d4d8a41c3254b92104fd555adae0569d1835bb52657ec7fbba0fe03579c5",
        .reseed_input =
            "b9ed8e35ad018a375b61189c8d365b00507cb1b4510d21cac212356b5bbaa8b2",
        .inputs[0] =
            "b7998998eaf9e5d34e64ff7f03de765b31f407899d20535573e670c1b402c26a",
        .inputs[1] =
            "2089d49d63e0c4df58879d0cb1ba998e5b3d1a7786b785e7cf13ca5ea5e33cfd",
        .bits =
            "5b70f3e4da95264233efbab155b828d4e231b67cc92757feca407cc9615a6608"
            "71cb07ad1a2e9a99412feda8ee34dc9c57fa08d3f8225b30d29887d20907d123"
            "30fffd14d1697ba0756d37491b0a8814106e46c8677d49d9157109c402ad0c24"
            "7a2f50cd5d99e538c850b906937a05dbb8888d984bc77f6ca00b0e3bc97b16d6"
            "d25814a54aa12143afddd8b2263690565d545f4137e593bb3ca88a37b0aadf79"
            "726b95c61906257e6dc47acd5b6b7e4b534243b13c16ad5a0a1163c0099fce43"
            "f428cd27c3e6463cf5e9a9621f4b3d0b3d4654316f4707675df39278d5783823"
            "049477dcce8c57fdbd576711c91301e9bd6bb0d3e72dc46d480ed8f61fd63811",
    },
    {
        .name = "sha-512/pr-true/plain",
        .hash = CRYPTODEV_HASH_SHA512,
        .strength = 256,
        .prediction_resistance = true,
        .entropy =
            "64a8afb71975256b6196f3f93038ba8b7a4d7089f7f268134cb3f5926868e4d1",
        .nonce = "04c60b44fbf3bc198f4bc58bf1260d12",
        .personalization = "",
        .fresh[0] =
            "3a5aaf8749136a86c4e5aba81692d587133d29d3b7a63fa6204ed84e93be6aeb",
        .inputs[0] = "",
        .fresh[1] =
            "f50472d313ef5797d1a290a7cae086052b57e8d5a20ed22ec7702dd424d935ea",
        .inputs[1] = "",
        .bits =
            "4f61f6b5d46ea351dc6f8ff55bcb915d998c8e871b5e122dd95196da241c49a1"
            "170b1fc16ffa31a6dc4f0c4068ecc6e5cc0fa6966aedf72bcb19e666b191979f"
            "22580b6505c09a784e76f58d30af3abcbe840497ad88621a893ffe13af6aef0f"
            "8276f9540068943bb6bc51498a465129880df4c517f7fe70ec239c055102a78b"
            "8b0f26d36bc2634a0e61a1431850980c258326197cc80d07c3cafc49a20316a0"
            "fa2703f850b66ce274e839d6dddba4d3e744306d768b7437ec9c54ed864c7bca"
            "4ea8d0987d815e64f685e0726eb4223aa5eac1a0979fb335248ee59819c36c7c"
            "94dadf14474c7e2f10678da59f255474ea50c3ed5ccf86a399ba7f54ae96bff0",
    },
    {
        .name = "sha-512/pr-true/inputs",
        .hash = CRYPTODEV_HASH_SHA512,
        .strength = 256,
        .prediction_resistance = true,
        .entropy =
            "3aca6b55561521007c9ece085e9a6635e346fa804335d6ad42ebd6814c017fa8",
        .nonce = "aa7fd3c3dd5d03d9b8efc7f70574581f",
        .personalization =
            "4bc9a485ec840d377ae4504aa1df41e444c4231687f3d7851c26c275bc687463",
        .fresh[0] =
            "4cc19fae5a456f8a53a656d23a0b665d6ddf7f43020a5febbb552714e447565d",
        .inputs[0] =
            "b39c43539fdc24343085cbb65b8d36c54732476d781104c355c391a951313a30",
        .fresh[1] =
            "637386b3ab33f78fd9751c7b7e67e1e15f6e50ddc548a1eb5813f6d0d48381bf",
        .inputs[1] =
            "b6850edd4622675ef5a507eab911e249d63fcf62f330cc8a16bb2ccc5858de5d",
        .bits =
            "546664042bef33064da28a5718f2c2e5f72d7725e3fbe87ad2ee90fbfe6c114e"
            "d36440fbbccf29698b4360bc4ad74650de13825838106adc53002bc389ee9006"
            "91649b972f3187b84d05cecc8fd034497dd99c6c997d1914b4ef838d84abf23f"
            "ae7f3ac9efdcdc04c003ac642c5126b00f9f24bf1431a4f19ef0b5f3d230aab3"
            "fdf091ba31b7ddcacdf2566f2cfab30f55b3123e733829b697b7c8b248420ab9"
            "8ba6f11b017175256368e8d8361102c9e6d57386becbeabda092dd57aec65bc2"
            "0ebee78eea7294571e168c454066d256b81bb8b7bb469207a18ebedbb4348fbe"
            "97a4d86d2bd095c41f6de59aa0800e131e98181886a2633cdcc550914d83b327",
    },
    { },
};
