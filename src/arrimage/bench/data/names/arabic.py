"""Arabic names: how they are written, and the ways they are written in Latin letters."""

GIVEN = """
محمد Mohamed Muhammad Mohammed Mohamad Mehmet
أحمد Ahmed Ahmad Achmed
محمود Mahmoud Mahmud Mahmood
مصطفى Mustafa Moustapha Mostafa
يوسف Youssef Yusuf Yousef Youcef
إبراهيم Ibrahim Brahim Ebrahim
خالد Khaled Khalid Khaleed
حسن Hassan Hasan Hasen
حسين Hussein Hossein Husayn Houcine
عمر Omar Umar Omer
عثمان Othman Uthman Osman Otmane
سعيد Said Saeed Saïd Sayeed
رشيد Rachid Rashid Rasheed
جمال Jamal Djamel Gamal Jamel
كريم Karim Kareem Kerim
طارق Tariq Tarek Tarik Tareq
فؤاد Fouad Fuad Foued
نور Nour Noor Nur
فاطمة Fatima Fatma Fatimah Fatema
عائشة Aicha Aisha Ayesha Aysha
خديجة Khadija Khadijah Khadidja
زينب Zineb Zaynab Zeinab Zainab
مريم Mariam Maryam Meriem Meryem
سارة Sara Sarah
ليلى Leila Layla Leyla Laila
هدى Houda Huda Hoda
سمير Samir Sameer Semir
نبيل Nabil Nabeel
بشير Bashir Bachir Basheer Bechir
سليمان Sulaiman Suleiman Slimane Soulaymane
ياسين Yassine Yasin Yaseen Yacine
حمزة Hamza Hamzah
بلال Bilal Bilel Belal
وليد Walid Waleed Oualid
وسيم Wassim Wasim Ouassim
زياد Ziad Ziyad Zied
شريف Cherif Sharif Sherif Shareef
هشام Hicham Hisham Hesham
فريدة Farida Fareeda Ferida
نجيب Najib Naguib Nadjib Nageeb
قاسم Qasim Kassem Kacem Qassem
صالح Saleh Salih Salah
منير Mounir Munir Moneer
لطيفة Latifa Lateefa Latifah
رحمة Rahma Rahmah
سلمى Salma Selma
"""
FAMILY = """
العلوي Alaoui Alawi Elalaoui
الفاسي Fassi Elfassi Alfasi
حداد Haddad Hadad
خوري Khoury Khouri Khuri
نجار Najjar Najar Nadjar
حمدان Hamdan Hemdane
بوزيد Bouzid Bouzide Buzid
منصور Mansour Mansur Mansoor
شاكر Chaker Shaker Shakir
الخطيب Khatib Elkhatib Alkhateeb
درويش Darwish Darwiche Derouiche
قدري Kadri Qadri
عباس Abbas Abbes
مالك Malek Malik
صباغ Sabbagh Sabagh
بركات Barakat Barkat Berekat
حلبي Halabi Halaby
مصري Masri Masry Elmasri
شامي Chami Shami Shamy
جبران Gibran Jibran Joubran
زيدان Zidane Zaidan Zeidan
تونسي Tounsi Tunisi
بن علي Benali Ben~Ali Bin~Ali
عبد الرحمن Abderrahmane Abdulrahman Abdel~Rahman
عبد الله Abdallah Abdullah Abdellah
عبد القادر Abdelkader Abdulqadir Abdel~Qader
عبد العزيز Abdelaziz Abdulaziz
غانم Ghanem Ghanim
غزالي Ghazali Ghazaly
هاشمي Hachemi Hashimi Hashemi
حسني Hosni Husni Housni
سلطان Sultan Soltane Soltan
شعبان Chaabane Shaaban Shaban
رمضان Ramadan Ramadhan Ramdane
يعقوب Yacoub Yaqub Yakoub
بكري Bakri Bakry Bekri
نصري Nasri Nasry
لحود Lahoud Lahood
عيسى Issa Eissa Aissa
موسى Moussa Musa Mousa
داود Daoud Dawood Dawud
زهراوي Zahraoui Zahrawi
طرابلسي Trabelsi Tarabulsi
قرشي Korchi Qurashi Kourichi
شاهين Chahine Shaheen Shahin
"""
